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

// paperScheme has a theory mark from outside, known by entry number, and a module
// of a panel of two with one aspect each and one choice.
const paperScheme = `{"format":"jiangtai.scheme/1","name":{"zh":"焊工"},
 "panels":[{"id":"judges","name":{"zh":"评分裁判"}}],
 "composition":"sum",
 "components":[
  {"id":"theory","name":{"zh":"理论"},"criteria":[
   {"id":"exam","name":{"zh":"机考"},"identity":"open","subs":[{"id":"e","name":{"zh":"机考"},"aspects":[
    {"id":"paper","name":{"zh":"理论成绩"},"kind":"external","max":"100","step":"0.5"}]}]}]},
  {"id":"practical","name":{"zh":"实操"},"criteria":[
   {"id":"weld","name":{"zh":"焊缝"},"identity":"%s","subs":[{"id":"w","name":{"zh":"焊缝"},"aspects":[
    {"id":"face","name":{"zh":"外观"},"kind":"panel","panel":"judges","max":"10","step":"0.5"},
    {"id":"tight","name":{"zh":"密封"},"kind":"yes_no","panel":"judges","max":"5"}]}]}]}]}`

// The chairs of PaperSetup.
const (
	PaperFirst  scoring.ChairID = 1
	PaperSecond scoring.ChairID = 2
)

// PaperSetup is event n with so many entries, run to a depth, its module of welds
// marked under an identity.
func PaperSetup(n, entries int, depth contest.Depth, identity string) *judging.Setup {
	s := Setup(n, entries, contest.Rehearsal, "open", "open")
	text := fmt.Sprintf(paperScheme, identity)
	parsed, err := scheme.Parse([]byte(text))
	if err != nil {
		panic(err)
	}
	rules, err := scoring.Compile(parsed)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256([]byte(text))
	s.Event.Depth, s.Digest, s.Rules, s.Chairs = depth, hex.EncodeToString(sum[:]), scoring.RuleSet{1: rules}, nil
	for seat := 1; seat <= 2; seat++ {
		s.Chairs = append(s.Chairs, contest.Chair{
			Event: s.Event.ID, Number: scoring.ChairID(seat), Panel: "judges", Seat: seat, Judge: fmt.Sprint("裁判", seat),
		})
	}
	return s
}
