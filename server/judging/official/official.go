package official

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/exact"
	"jiangtai/server/contest"
	"jiangtai/server/judging/lineup"
)

// Digest is the SHA-256 of a value as JSON, hexadecimal.
func Digest(v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("hash a result: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// Passes holds the components that an entry was marked in against their pass
// marks, as they were rounded; nil when none of them has one.
func Passes(rules *scoring.Rules, w *scoring.Working) (*bool, error) {
	all, asked := w.Complete, false
	for i := range w.Components {
		c := &w.Components[i]
		at, known := rules.ComponentAt[c.ID]
		if !known || rules.Components[at].Src.Pass == nil {
			continue
		}
		mark := rules.Components[at].Src.Pass
		asked = true
		value, err := exact.ParseText(c.Value)
		if err != nil {
			return nil, fmt.Errorf("component %s of entry %d: %w", c.ID, w.Entry, err)
		}
		all = all && !value.Less(*mark)
	}
	if !asked {
		return nil, nil
	}
	return &all, nil
}

// Published is an event's official result (公布的结果) for the rooms that follow
// publications: by ordinals, without names.
type Published struct {
	Event contest.Event
	Kind  contest.Kind
	Seq   uint64 // of the publication's record
	Read  uint64 // the last record that the result holds
	At    time.Time
	Hash  string // chain hash of the publication's record
	List  string // SHA-256 of the rows with their workings
	Rows  []Row
}

// Row is an entry of an official result.
type Row struct {
	Entry   scoring.EntryID
	Rank    int
	Total   string
	Status  scoring.Status
	Passed  *bool  // every component that has a pass mark; nil when none has
	Working string // SHA-256 of the entry's working
	Team    int    `json:",omitempty"` // of a team its members; 0: a person
}

// Of is the official result as the board has it, without what is known of the
// publication's record; false when the result is not official.
func Of(b *scoring.Board, s *lineup.Setup) (Published, bool, error) {
	out := Published{Event: s.Event, Kind: s.Kind, Read: b.Seq()}
	if b.Phase() != scoring.Official {
		return out, false, nil
	}
	for _, row := range b.View(scoring.Chief).Rows {
		working := b.Working(row.Entry)
		sum, err := Digest(working)
		if err != nil {
			return out, false, err
		}
		passed, err := Passes(b.Rules(), &working)
		if err != nil {
			return out, false, err
		}
		out.Rows = append(out.Rows, Row{row.Entry, row.Rank, row.Total, row.Status, passed, sum, len(b.Members(row.Entry))})
	}
	var err error
	out.List, err = Digest(out.Rows)
	return out, true, err
}
