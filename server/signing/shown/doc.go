// Package shown writes down what somebody saw when he signed on a screen (所见内容),
// as a text that a tablet without a network and the server write alike. A signature
// carries the SHA-256 of that text.
//
// The text of a chair's own mark sheet, UTF-8, lines ended by one line feed:
//
//	jiangtai mark sheet 1
//	event <id of the event>
//	chair <number>
//	version <version of the scheme>
//	<work> TAB <aspect> TAB <attempt> TAB <round> TAB <kind> TAB <value>
//	…
//
// One line for each place that the chair sees as marked, also where another chair of
// its panel gave the mark for all: of a work, an aspect and an attempt only the
// newest round. The work is the label under which the chair knows it; the kind is
// mark, not_performed or absent; the value is the mark's in its one written form,
// and empty for the other kinds. The lines after the head stand in the order of
// their bytes: any other order would tell the order of entries.
//
// The text of a panel's summary has the head "jiangtai panel summary 1", event,
// panel and version, and in its lines the chair between round and kind.
//
// It promises that equal marks give an equal text, however they came about: mark
// ids, times and remarks are not in it. So a correction that is taken back leaves a
// signature good.
//
// Decisions: the tablet's digest is of marks and not of the pages that are kept.
// Pages hold words (the contest's name, a hall) that tablets are not told. The order
// is by bytes and not by people's counting, because two languages must agree on it.
// Go and TypeScript (frontend/src/tablet/sign/shown.ts) are held to
// schemas/signing-vectors.json.
//
// It may import contest and scoring.
package shown
