package judgingtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
)

// teamScheme ranks teams of three by their members' theory and what each team makes
// together, and persons and teams by group and county beside.
const teamScheme = `{"format":"jiangtai.scheme/1","name":{"zh":"工业机器人"},
 "panels":[{"id":"judges","name":{"zh":"评分裁判"}}],
 "composition":"sum","rankings":["group","county"],
 "teams":{"take":"sum","size":2},
 "components":[
  {"id":"theory","name":{"zh":"理论"},"criteria":[
   {"id":"exam","name":{"zh":"机考"},"identity":"open","subs":[{"id":"e","name":{"zh":"机考"},"aspects":[
    {"id":"paper","name":{"zh":"理论成绩"},"kind":"external","max":"100","step":"0.5"}]}]}]},
  {"id":"practical","name":{"zh":"实操"},"of":"team","criteria":[
   {"id":"cell","name":{"zh":"工作站"},"identity":"%s","subs":[{"id":"w","name":{"zh":"工作站"},"aspects":[
    {"id":"build","name":{"zh":"装调"},"kind":"panel","panel":"judges","max":"10","step":"0.5"}]}]}]}]}`

// TeamSetup is event n with two teams, entries 1 and 2, and their members 3, 4 and
// 5, 6; the teams' module is marked under an identity. Entries 3 and 5 are of group
// 1, the others of group 2; all are of county 1.
func TeamSetup(n int, depth contest.Depth, identity string) *judging.Setup {
	s := PaperSetup(n, 6, depth, "open")
	text := fmt.Sprintf(teamScheme, identity)
	parsed, err := scheme.Parse([]byte(text))
	if err != nil {
		panic(err)
	}
	rules, err := scoring.Compile(parsed)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256([]byte(text))
	s.Digest, s.Rules = hex.EncodeToString(sum[:]), scoring.RuleSet{1: rules}
	for i := range s.Entries {
		e := &s.Entries[i]
		e.In = scoring.Groups{2, 1}
		switch e.Ordinal {
		case 1, 2:
			e.IsTeam = true
		case 3, 4:
			e.Team = 1
		case 5, 6:
			e.Team = 2
		}
		if e.Ordinal == 3 || e.Ordinal == 5 {
			e.In[0] = 1
		}
	}
	return s
}

// Owing is what other rooms owe, as a test says it.
type Owing struct {
	mu   sync.Mutex // guards what follows
	list []judging.Owed
	err  error
}

// Say makes the records that are owed these, or that they cannot be told.
func (o *Owing) Say(err error, list ...judging.Owed) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.list, o.err = list, err
}

// Owed implements judging.Owing.
func (o *Owing) Owed(context.Context, *judging.Setup) ([]judging.Owed, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]judging.Owed(nil), o.list...), o.err
}
