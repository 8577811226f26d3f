// Package bundle makes what a chair's tablet marks with when there is no network
// (评分包): sheets, works by the labels that the chair may know, and its own marks.
//
// It may import contest, scoring and judging's lineup.
package bundle
