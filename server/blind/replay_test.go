package blind_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

func codeOf(err error) string { return fault.Code(err) }

func faultOf(err error) *fault.Error {
	var f *fault.Error
	errors.As(err, &f)
	return f
}

// example is the draw that docs/blind.md works through.
func example(t *testing.T) blind.Replaying {
	t.Helper()
	seed, err := hex.DecodeString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
	if err != nil {
		t.Fatal(err)
	}
	return blind.Replaying{
		Event: contest.ID{15: 11}, Layer: blind.Seats, Seed: seed, Words: "3 5 6",
		Pool: []string{"001", "002", "003", "004", "005"}, Runs: [][]string{{"003", "001", "002"}, {"004"}},
	}
}

// The page for those who replay a draw shows what the program does.
func TestTheExampleOfTheDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../docs/blind.md")
	if err != nil {
		t.Fatal(err)
	}
	r := example(t)
	got := blind.Replay(r)
	for _, line := range []string{
		"event  " + r.Event.String(), "seed   " + hex.EncodeToString(r.Seed), "SHA-256 of the seed  " + blind.Commitment(r.Seed),
		fmt.Sprintf("001 → %s, 002 → %s, 003 → %s, then 004 → %s", got["001"], got["002"], got["003"], got["004"]),
	} {
		if !strings.Contains(string(page), line) {
			t.Errorf("docs/blind.md lacks %q", line)
		}
	}
}

// Every part of what goes in changes what comes out, and the order in which a run
// is written down does not.
func TestReplayDependsOnEverythingAndOnNothingElse(t *testing.T) {
	was := blind.Replay(example(t))
	same := example(t)
	slices.Reverse(same.Runs[0])
	if !maps.Equal(was, blind.Replay(same)) {
		t.Error("the order in which a run is written down changes the draw")
	}
	changes := map[string]func(r *blind.Replaying){
		"event": func(r *blind.Replaying) { r.Event[0] = 1 }, "layer": func(r *blind.Replaying) { r.Layer = blind.Codes },
		"seed": func(r *blind.Replaying) { r.Seed[31]++ }, "words": func(r *blind.Replaying) { r.Words += "1" },
	}
	for name, change := range changes {
		r, base := example(t), example(t)
		base.Pool = nil
		for i := range 60 {
			base.Pool = append(base.Pool, fmt.Sprintf("%03d", i+1))
		}
		r.Pool = base.Pool
		change(&r)
		if maps.Equal(blind.Replay(base), blind.Replay(r)) {
			t.Errorf("another %s draws the same", name)
		}
	}
}

// B45: over a thousand draws the labels stand in no relation to the entry numbers
// and every entry gets every label equally often.
func TestDrawsAreFair(t *testing.T) {
	const draws, n = 1000, 12
	r := example(t)
	r.Pool, r.Runs = nil, [][]string{nil}
	at := map[string]int{}
	for i := range n {
		label := fmt.Sprintf("%03d", i+1)
		r.Pool, r.Runs[0] = append(r.Pool, label), append(r.Runs[0], label)
		at[label] = i
	}
	var counts [n][n]int
	var sum float64
	for k := range draws {
		r.Words = fmt.Sprint("draw ", k)
		var square int
		for from, label := range blind.Replay(r) {
			counts[at[from]][at[label]]++
			square += (at[from] - at[label]) * (at[from] - at[label])
		}
		sum += 1 - 6*float64(square)/float64(n*(n*n-1))
	}
	if mean := sum / draws; math.Abs(mean) > 0.02 {
		t.Errorf("mean rank correlation %.4f", mean)
	}
	chi := 0.0
	for _, row := range counts {
		for _, c := range row {
			expected := float64(draws) / n
			chi += (float64(c) - expected) * (float64(c) - expected) / expected
		}
	}
	// 121 degrees of freedom: 173.6 at 1 in 1,000.
	if chi > 173.6 {
		t.Errorf("chi-square %.1f", chi)
	}
}

// A pool that is too small draws fewer and does not fail.
func TestASmallPool(t *testing.T) {
	r := example(t)
	r.Pool = r.Pool[:2]
	if got := blind.Replay(r); len(got) != 2 {
		t.Error(got)
	}
}
