// Package judgingweb is judging over HTTP: marks in, receipts out, and what
// tablets and staff read of an event.
//
// It promises:
//   - a delivery of 1 to 500 marks is answered 207 with one result a mark, in
//     order; a mark that cannot be read is answered in its place and keeps no
//     other from being taken;
//   - values are strings: a JSON number, true, null, a list or an object in their
//     place makes the whole body unreadable (400), as an unknown field does;
//   - receipts are the same bytes each time;
//   - nothing here asks for permission: that is the desk's.
//
// Decisions:
//   - What the shape of the body says is wrong is 400 for the request, with its
//     place; what a value says is wrong is a problem of that mark. A tablet that
//     sends a broken body is broken as a whole.
//   - The tablet tells how many marks it has not sent in the header
//     X-Jiangtai-Pending, with its marks and when it asks for its bundle.
//   - The bundle's ETag leaves out the server's time and the ledger's length, so
//     that other chairs' marks do not make a tablet load it again.
//   - Marks that are keyed in are answered as a tablet's are. A workbook of marks is
//     read here against a layout that the sheet gives, and entered by the desk; its
//     words are Chinese, as the scheme's are.
//
// It may import judging, web, paper, contest, scoring and fault.
package judgingweb
