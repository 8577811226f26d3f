package wiring

import (
	"context"
	"sync"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// wordFor is how long a word of a result is good: it follows papers, the recheck
// and the day as well as the ledger, and nobody tells when those move.
const wordFor = 5 * time.Second

// wordsOfResults are the words of results for whoever asks often. Safe for
// concurrent use.
type wordsOfResults struct {
	app *Rooms

	mu    sync.Mutex // guards known
	known map[contest.ID]word
}

// word is one as it was found.
type word struct {
	text  string
	phase scoring.Phase
	at    time.Time
}

// of is the word of an event in a phase. Before the lock it is the phase's own; a
// word that cannot be found is left out.
func (w *wordsOfResults) of(ctx context.Context, event contest.ID, phase scoring.Phase) string {
	if phase == scoring.Waiting || phase == scoring.Running {
		return string(phase)
	}
	now := w.app.Now()
	w.mu.Lock()
	k, ok := w.known[event]
	w.mu.Unlock()
	if ok && k.phase == phase && now.Sub(k.at) < wordFor && !now.Before(k.at) {
		return k.text
	}
	state, err := w.app.Results.Word(ctx, event)
	if err != nil {
		w.app.Log.Warn("the word of a result is not known", "event", event.String(), "error", err)
		return ""
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.known == nil {
		w.known = map[contest.ID]word{}
	}
	w.known[event] = word{string(state), phase, now}
	return string(state)
}
