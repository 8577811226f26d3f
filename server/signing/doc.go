// Package signing keeps the papers of an event (签名件): what is printed, numbered
// and signed by hand, the scans that come back, and signatures that are written on
// screens: by judges on their tablets and by the chief judge on the console.
//
// It promises:
//   - a document's number is its event's next one, without holes, whoever prints at
//     the same moment; what was printed is kept byte for byte and never changed;
//   - a document says how the ledger stood, and holds the digest of what it says.
//     It counts as signed only while the event still says the same: when a mark, a
//     status or a name below it changes, the document is void, and with it every
//     document above it;
//   - no name of a contestant is on a paper while the event is sealed, and no paper
//     holds a seat number beside a work code;
//   - a scan whose QR code names another document is refused; one that shows none
//     needs a person who says that it is this one;
//   - a signature on a screen closes a step just as a scan does. It is of what its
//     signer was shown, by digest, and refused when that is not what stands there;
//     the same signature twice is one; its strokes are on the pages that are kept;
//   - nobody signs above himself: a panel of one judge is checked by the chief judge,
//     and whoever sits as a judge (by name) does not confirm as chief judge;
//   - a panel's tablet sees works by the labels under which it marks, only once every
//     sheet is signed, and no aggregate while the event is sealed;
//   - a scan is added and never taken away: the newest one of a document counts, and
//     a document that was declared void stays so.
//
// Shape: a Sheet says what stands on a paper, in words and without a look; the
// Press, which the app plugs, makes pages of it. The steps of an event are derived
// from its board, its documents and their scans each time that they are asked for:
// no state is stored that could disagree with them.
//
// Decisions:
//   - Digests are of the sheet's content and not of the PDF: a newer font voids no
//     signature.
//   - What a judge signs is a text that his tablet makes without a network (package
//     shown), and not the pages: those hold words that tablets are not told.
//   - A signature makes a document of its own, at once numbered and kept: it needs no
//     paper before it, and nothing that was printed is ever changed.
//   - A judge takes his signature back with a reason, which declares his document
//     void, while marking runs; after the lock signatures stay.
//   - A copy printed later takes no signature away: the newest signed document counts
//     that says what is so, unless a later one was declared void.
//   - The panel's summary stands above its chairs' mark sheets, the result list above
//     all summaries. Blank sheets, draw records and labels stand beside.
//   - Who waits for lists asks for all of them (SignedLists). What was found is kept
//     as long as papers, ledger, names and labels stand: a memory, not a state.
//   - PDFs and scans lie in the database, so that one snapshot holds everything.
//
// Its parts shown and strokes are pure: texts in, texts and points out.
//
// It may import contest, scoring, ledger and fault.
package signing
