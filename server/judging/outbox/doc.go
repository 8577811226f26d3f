// Package outbox remembers what tablets last said of their outboxes (待上传): a
// report and not a record. It lives in memory and comes again with the next
// request, so a restart loses nothing that anybody relies on.
//
// It may import contest.
package outbox
