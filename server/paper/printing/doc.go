// Package printing sets the program's papers: A4 pages in Chinese with a header that
// says which contest, event and document this is, a QR code, tables that go on
// over the pages, lines to sign on, and stickers to cut.
//
// It promises:
//   - a glyph that no font has is an error that names it (MissingGlyph), never a
//     box on paper: a name is spelled rightly or not at all;
//   - the same document gives the same bytes: no clock, no random number;
//   - nothing is cut off: a text wraps, a row goes to the next page whole, a row
//     that is taller than a page goes on over pages;
//   - the table's head stands on every page, a heading is never the last thing of
//     a page, and signatures never stand on a page without a row of their table;
//   - every page says which page of how many it is;
//   - an anchored document carries the plan of its pages: PlanOf tells from the PDF
//     alone which rectangle of which page is which cell.
//
// It imports nothing of ours: its faults are values, and the rooms make the
// program's errors of them. A Press is safe for concurrent use.
//
// Decisions:
//   - Pages are laid out first, into places of texts and lines, and only then
//     drawn: the number of pages is known on the first one, and tests read places
//     instead of PDF.
//   - Noto Sans SC (two weights) is part of the program: `make build` copies its
//     files into fonts/. Without them everything builds, and Open says ErrNoFonts.
//     LXGW WenKai is taken from the system, where it is, for glyphs that Noto
//     has not.
//   - The PDF library knows characters up to U+FFFF only. Rarer ones, and those of
//     the second font, are drawn as outlines: right on paper, though no search
//     finds them.
//   - Anchors are black squares where every printer still prints, and the page's
//     number stands in the code: a photograph of one page says which it is. The plan
//     lies in the PDF's metadata, because what was printed is kept byte for byte,
//     while what stood on it may be another thing by then.
//   - A QR code is drawn as rectangles: sharp at any size, no picture to scale.
package printing
