package judgingtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
)

// Scheme has a measured aspect, one mark a chair of a panel of three, levels,
// and, when coded, a module marked by work code.
const schemeText = `{"format":"jiangtai.scheme/1","name":{"zh":"钳工"},
 "panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"}},{"id":"blind","name":{"zh":"盲评"}}],
 "composition":"sum",
 "components":[
  {"id":"practical","name":{"zh":"实操"},"criteria":[
   {"id":"work","name":{"zh":"制作"},"identity":"%s","subs":[{"id":"w","name":{"zh":"工件"},"aspects":[
    {"id":"score","name":{"zh":"尺寸"},"kind":"points","panel":"floor","max":"100","step":"0.1"},
    {"id":"piece","name":{"zh":"外观"},"kind":"panel","panel":"judges","max":"100","step":"0.25"},
    {"id":"level","name":{"zh":"等级"},"kind":"judgement","panel":"judges","max":"2","levels":[{"zh":"差"},{"zh":"可"},{"zh":"良"},{"zh":"优"}]}]}]},
   {"id":"result","name":{"zh":"成品"},"identity":"%s","subs":[{"id":"r","name":{"zh":"成品"},"aspects":[
    {"id":"finish","name":{"zh":"表面"},"kind":"points","panel":"blind","max":"10","step":"0.5"}]}]}]}]}`

// Chairs of the event: 1 floor, 2–4 judges, 5 blind.
const (
	Floor scoring.ChairID = 1
	First scoring.ChairID = 2
	Blind scoring.ChairID = 5
	Last  scoring.ChairID = 5
)

// ID makes an id out of a letter and a number, for tests that name things.
func ID(letter byte, n int) contest.ID {
	var id contest.ID
	id[0], id[6], id[8] = letter, 0x40, 0x80
	id[12], id[13], id[14], id[15] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
	return id
}

// Rules compiles the event's scheme.
func Rules(work, result string) (*scoring.Rules, string) {
	text := fmt.Sprintf(schemeText, work, result)
	s, err := scheme.Parse([]byte(text))
	if err != nil {
		panic(err)
	}
	r, err := scoring.Compile(s)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256([]byte(text))
	return r, hex.EncodeToString(sum[:])
}

// Setup is event n with so many entries, its modules' identities as given.
func Setup(n, entries int, kind contest.Kind, work, result string) *judging.Setup {
	rules, digest := Rules(work, result)
	s := &judging.Setup{
		Event: contest.Event{
			ID: ID('e', n), Contest: ID('c', 1), Code: fmt.Sprint("e", n), Trade: "钳工", Stage: contest.Final,
			Depth: contest.Tablet, Ledger: ID('l', n),
		},
		Kind: kind, Version: 1, Digest: digest, Rules: scoring.RuleSet{1: rules},
	}
	for i, panel := range []string{"floor", "judges", "judges", "judges", "blind"} {
		seat := 1
		if panel == "judges" {
			seat = i
		}
		s.Chairs = append(s.Chairs, contest.Chair{
			Event: s.Event.ID, Number: scoring.ChairID(i + 1), Panel: panel, Seat: seat, Judge: fmt.Sprint("裁判", i+1),
		})
	}
	for i := 1; i <= entries; i++ {
		s.Entries = append(s.Entries, judging.Entrant{
			Ordinal: scoring.EntryID(i), EntryNo: EntryNo(i), SeatNo: fmt.Sprintf("S%03d", i), WorkCode: WorkCode(i),
		})
	}
	return s
}

// EntryNo is the entry number of an entry.
func EntryNo(i int) string { return fmt.Sprintf("%03d", i) }

// WorkCode is the work code of an entry: not in its order.
func WorkCode(i int) string { return fmt.Sprintf("%03dK", (i*7919+13)%1000) }

// Tablet is the actor of a chair of event n.
func Tablet(n int, chair scoring.ChairID) contest.Actor {
	return contest.Actor{
		Name: fmt.Sprint("裁判", chair), Session: ID('s', n*100+int(chair)), Device: ID('d', n*100+int(chair)),
		Event: ID('e', n), Chair: chair,
	}
}

// Staff is an account with a role in event n's contest.
func Staff(n int, roles ...contest.Role) contest.Actor {
	a := contest.Actor{Account: ID('a', n), Name: fmt.Sprint("官员", n), Session: ID('s', 9000+n)}
	for _, r := range roles {
		g := contest.Grant{Role: r, Contest: ID('c', 1)}
		if r == contest.Administrator {
			g.Contest = contest.ID{}
		}
		a.Grants = append(a.Grants, g)
	}
	return a
}
