// Package sequence describes how an honour is conferred (推荐评选程序): the steps
// of its campaigns, who takes each, what it takes to pass, whom to ask and what
// excludes.
//
// It promises: a sequence that was parsed is whole: every step has its role and
// its figures, persons are kept apart only from earlier steps, and it ends with
// an approval and the conferring; votes are weighed as integers, so that exactly
// two thirds are two thirds.
//
// Decisions: sequences are data (schemas/honours/campaign-*.json), for cities
// differ in thresholds, days and departments; the kinds of step are code. A
// campaign keeps the version that it began with. There is no step that may be
// left out: a shorter road is another sequence.
//
// It is pure and imports only its neighbours quota and exclusion.
package sequence
