package chain

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/ledger"
)

// What records call acts.
const (
	Begin      = "begin" // the campaign
	Amend      = "amend"
	Nominate   = "nominate"
	Edit       = "edit"
	Submit     = "submit"
	Pass       = "pass"
	Fail       = "fail" // a vote below its threshold
	Return     = "return"
	Reject     = "reject"
	Veto       = "veto"
	Withdraw   = "withdraw"
	Opinion    = "opinion"
	OpenNotice = "notice_opened"
	EndNotice  = "notice_finished"
	Object     = "objection"
	Decide     = "objection_decided"
	Confer     = "confer"
	Revoke     = "revoke"
)

// Entry is what a record says (流程记录). Its JSON is what the hash covers.
type Entry struct {
	ID          contest.ID        `json:"id"`
	Campaign    contest.ID        `json:"campaign"`
	Seq         uint64            `json:"seq"`
	At          time.Time         `json:"at"`
	Actor       contest.ID        `json:"actor"`
	Act         string            `json:"act"`
	Nominations []contest.ID      `json:"nominations,omitempty"`
	Step        string            `json:"step,omitempty"` // where it was done
	To          string            `json:"to,omitempty"`   // where the nominations are afterwards
	State       string            `json:"state,omitempty"`
	Notice      contest.ID        `json:"notice,omitzero"`
	Objection   contest.ID        `json:"objection,omitzero"`
	Figures     map[string]string `json:"figures,omitempty"`
	Sum         string            `json:"sum,omitempty"`  // hash of what was decided upon
	Text        string            `json:"text,omitempty"` // hash of the words beside the record
}

// Record is an entry as it is kept.
type Record struct {
	Campaign contest.ID
	Seq      uint64
	ID       contest.ID
	At       time.Time
	Body     []byte // the entry's JSON
	Hash     ledger.Hash
	Text     string // beside the chain; empty when there is none or it was erased
}

// Head is where a chain ends.
type Head struct {
	Seq  uint64
	Hash ledger.Hash
}

// Genesis is the head of a campaign without records.
func Genesis(campaign contest.ID) Head { return Head{Hash: ledger.Genesis(ledger.ID(campaign))} }

// Write makes the next record: the entry's number and the hash of its words are
// set here, its id, time and actor by the caller.
func Write(after Head, e *Entry, text string) (Record, error) {
	e.Seq = after.Seq + 1
	if text != "" {
		e.Text = ledger.TextHash(e.ID, text).String()
	}
	body, err := json.Marshal(e)
	if err != nil {
		return Record{}, fmt.Errorf("chain: write record %d of campaign %s: %w", e.Seq, e.Campaign, err)
	}
	return Record{Campaign: e.Campaign, Seq: e.Seq, ID: e.ID, At: e.At, Body: body, Hash: ledger.Chain(after.Hash, body), Text: text}, nil
}

// ErrBroken says that a chain is not what it was.
var ErrBroken = errors.New("chain: broken")

// Read recomputes a chain from its beginning and reads its entries.
func Read(campaign contest.ID, head Head, records []Record) ([]Entry, error) {
	at := Genesis(campaign)
	out := make([]Entry, len(records))
	for i, r := range records {
		at = Head{at.Seq + 1, ledger.Chain(at.Hash, r.Body)}
		e := &out[i]
		err := json.Unmarshal(r.Body, e)
		if err != nil || at != (Head{r.Seq, r.Hash}) || e.Seq != r.Seq || e.ID != r.ID || e.Campaign != campaign || !e.At.Equal(r.At) {
			return nil, fmt.Errorf("%w at record %d", ErrBroken, i+1)
		}
		if r.Text != "" && ledger.TextHash(r.ID, r.Text).String() != e.Text {
			return nil, fmt.Errorf("%w: the words of record %d are others", ErrBroken, i+1)
		}
	}
	if at != head {
		return nil, fmt.Errorf("%w: it ends at %d, not at %d", ErrBroken, at.Seq, head.Seq)
	}
	return out, nil
}

// Place is where a nomination is by the chain alone.
type Place struct {
	Step  string
	State string
	Round int // how often it was submitted
}

// Fold reads the places of all nominations out of a chain.
func Fold(list []Entry) map[contest.ID]Place {
	out := map[contest.ID]Place{}
	for _, e := range list {
		if e.To == "" {
			continue
		}
		for _, id := range e.Nominations {
			p := out[id]
			p.Step, p.State = e.To, e.State
			if e.Act == Submit {
				p.Round++
			}
			out[id] = p
		}
	}
	return out
}

// Takers are the accounts that took a step of a nomination since its last
// submission. Whoever put a notice up took part in it.
func Takers(list []Entry, nomination contest.ID, step string) []contest.ID {
	var out []contest.ID
	for _, e := range list {
		if !slices.Contains(e.Nominations, nomination) {
			continue
		}
		switch {
		case e.Act == Submit:
			out = nil
		case e.Step == step && (e.To != "" || e.Act == OpenNotice):
			out = append(out, e.Actor)
		}
	}
	return out
}
