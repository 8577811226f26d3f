// Package working is why an entry has its total (算分过程), as data for a page, a
// print or JSON: every mark, dropped mark, rounding, factor and weight, from the
// scheme's leaves up. Numbers are exact text; there are no names of people.
//
// The board writes it (Board.Working); the names of this package stand in
// package scoring with the word Worked. It imports scoring/record only.
package working
