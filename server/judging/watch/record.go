package watch

import (
	"strconv"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/judging/bundle"
	"jiangtai/server/judging/lineup"
	"jiangtai/server/ledger"
)

// RecordView is a record as staff read it (流水): labels, no names.
type RecordView struct {
	Seq        uint64          `json:"seq"`
	At         time.Time       `json:"at"`
	Kind       string          `json:"kind"`
	Of         string          `json:"of,omitempty"`
	MarkID     scoring.ID      `json:"mark_id"`
	Actor      scoring.ID      `json:"actor"`
	Second     scoring.ID      `json:"second,omitzero"`
	Chair      scoring.ChairID `json:"chair,omitempty"`
	Judge      string          `json:"judge,omitempty"`
	DeviceSeq  uint32          `json:"device_seq,omitempty"`
	ClientAt   *time.Time      `json:"client_at,omitempty"`
	Work       string          `json:"work,omitempty"`
	Aspect     string          `json:"aspect,omitempty"`
	Attempt    uint8           `json:"attempt,omitempty"`
	Round      uint8           `json:"round,omitempty"`
	Value      string          `json:"value"`
	Version    uint16          `json:"version,omitempty"`
	Supersedes scoring.ID      `json:"supersedes,omitzero"`
	Text       string          `json:"text,omitempty"`
	Hash       string          `json:"hash"`
}

// RecordOf names the work by the strongest identity, so that seat and work code
// never stand in one list. While sealed what would tell whose label it is has none.
func RecordOf(x *lineup.Index, r *scoring.Record, hash ledger.Hash, sealed bool) RecordView {
	v := RecordView{
		Seq: r.Seq, At: time.Unix(0, r.At).UTC(), Kind: bundle.KindName(r.Kind), Of: bundle.KindName(r.Of), MarkID: r.MarkID, Actor: r.Actor,
		Second: r.Second, Chair: r.Chair, Judge: x.Setup.JudgeOf(r.Chair, r.Seq, r.Device), DeviceSeq: r.DeviceSeq, Aspect: r.Aspect,
		Attempt: r.Attempt, Round: r.Round, Value: r.Value, Version: r.Version, Supersedes: r.Supersedes, Hash: hash.String(),
	}
	if r.ClientAt != 0 {
		at := time.UnixMilli(r.ClientAt).UTC()
		v.ClientAt = &at
	}
	if r.Entry != 0 && !(sealed && joins(x, r)) {
		v.Work = x.StaffLabel(r.Entry, sealed)
	}
	if r.Kind == scoring.Belong && r.Aspect == scoring.OfTeam && r.Value != "" {
		if n, err := strconv.Atoi(r.Value); err == nil {
			v.Value = x.StaffLabel(scoring.EntryID(n), sealed)
		}
	}
	if sealed {
		v.Hash = "" // it covers the ordinal, which is soon guessed
	}
	return v
}
