// Package workbook takes workbooks (.xlsx) in and sends them out over HTTP, for the
// rooms that import lists: one reading at a time, its time, and a file's faults as
// the program's errors, fields and words.
//
// It promises that a hostile upload holds the memory and the time of one reading,
// and that a hint says no more than the room lets it.
//
// It may import web, fault and paper/excel, and Fiber.
package workbook
