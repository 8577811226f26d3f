// Package report tells an organiser what a rehearsal showed (演练报告): a page that
// stands by itself, the figures as JSON, and a few lines for a terminal.
//
// It promises that every figure stands beside its goal with a light and, where the
// light is not green, with what to do; and that the page loads nothing from
// anywhere. Texts are in Chinese and English, Chinese first.
//
// It imports the rehearsal's drill for the result, and nothing else of ours.
//
// Decision: the pictures are SVG without text, stretched to the page, with their
// scales as ordinary text around them: text inside would be stretched as well, and
// too small on a phone.
package report
