package programme

import (
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme/trades"
)

// ListTrades gives the trades of the catalogue that have all words of the page's
// Q, and how many there are; with templates only those that a scheme may start
// from. It is the same for everybody who is signed in: nothing in it is of a contest.
func (o *Office) ListTrades(_ contest.Actor, p Page, templates bool) (list []trades.Trade, total int) {
	p = p.bounded()
	return o.Trades.List(p.Q, templates, p.Limit, p.Offset)
}

// FindTemplate gives a template of a marking scheme, byte for byte, to everybody
// who is signed in. Missing programme.template_missing for an id that there is not.
func (o *Office) FindTemplate(_ contest.Actor, id string) ([]byte, error) {
	text, ok := o.Trades.Template(id)
	if !ok {
		return nil, fault.New(fault.Missing, "programme.template_missing")
	}
	return text, nil
}
