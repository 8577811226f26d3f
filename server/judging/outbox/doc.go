// Package outbox remembers what tablets last said of their outboxes (待上传), and
// says whether everything has come. What they say is a report and not a record: it
// lives in memory and comes again with the next request, so a restart loses nothing
// that anybody relies on.
//
// It may import contest, scoring, fault and judging's clerk.
package outbox
