// Package strokes reads what a hand drew on a pad (笔迹): the text form in which
// tablets and consoles send a signature.
//
// The text is `w h`, the pad's size in its pixels, and for each stroke `;` and its
// points `x,y,t` with one space between them: whole numbers, inside of the pad, t in
// milliseconds since the first point. It is ASCII and not longer than Most.
//
// It promises that a text which Read takes is bounded and holds numbers only, so
// that it can be kept and drawn as it is; and that Go and TypeScript
// (frontend/src/shared/strokes) take and refuse the same texts: both are held to
// schemas/signing-vectors.json.
//
// Decisions: a refusal says what is wrong in a code of its own, because a tablet
// that sends a text of another form is an old one, while an empty pad is a person's
// doing. A dot is not a signature: the line must be at least an eighth of the pad's
// width long.
//
// It may import fault.
package strokes
