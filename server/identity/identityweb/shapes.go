package identityweb

import (
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/identity"
)

type grantBody struct {
	Role    contest.Role `json:"role"`
	Contest contest.ID   `json:"contest,omitzero"`
	Event   contest.ID   `json:"event,omitzero"`
}

func toGrants(list []grantBody) []contest.Grant {
	out := make([]contest.Grant, len(list))
	for i, g := range list {
		out[i] = contest.Grant(g)
	}
	return out
}

type accountBody struct {
	ID         contest.ID  `json:"id"`
	User       string      `json:"user"`
	Name       string      `json:"name"`
	Disabled   bool        `json:"disabled"`
	MustChange bool        `json:"must_change"`
	CreatedAt  time.Time   `json:"created_at"`
	Grants     []grantBody `json:"grants"`
}

func fromAccount(a identity.Account) *accountBody {
	grants := make([]grantBody, len(a.Grants))
	for i, g := range a.Grants {
		grants[i] = grantBody(g)
	}
	return &accountBody{
		ID: a.ID, User: a.User, Name: a.Name, Disabled: a.Disabled(),
		MustChange: a.MustChange, CreatedAt: a.CreatedAt, Grants: grants,
	}
}

type eventBody struct {
	ID      contest.ID    `json:"id"`
	Contest contest.ID    `json:"contest"`
	Code    string        `json:"code"`
	Trade   string        `json:"trade"`
	TradeEn string        `json:"trade_en"`
	Title   string        `json:"title"`
	TitleEn string        `json:"title_en"`
	Stage   contest.Stage `json:"stage"`
	Group   string        `json:"group"`
	Hall    string        `json:"hall"`
}

func fromEvent(e contest.Event) *eventBody {
	return &eventBody{
		ID: e.ID, Contest: e.Contest, Code: e.Code, Trade: e.Trade, TradeEn: e.TradeEn,
		Title: e.Title, TitleEn: e.TitleEn, Stage: e.Stage, Group: e.Group, Hall: e.Hall,
	}
}

type chairBody struct {
	Number scoring.ChairID `json:"number"`
	Panel  string          `json:"panel"`
	Seat   int             `json:"seat"`
	Judge  string          `json:"judge"`
	Chief  bool            `json:"chief"`
}

func fromChair(c contest.Chair) *chairBody {
	return &chairBody{Number: c.Number, Panel: c.Panel, Seat: c.Seat, Judge: c.Judge, Chief: c.IsChief}
}

// ticketBody answers a sign-in (Account) or a pairing (the rest).
type ticketBody struct {
	Token     string       `json:"token"`
	ExpiresAt time.Time    `json:"expires_at"`
	Account   *accountBody `json:"account,omitempty"`
	Device    contest.ID   `json:"device,omitzero"`
	Event     *eventBody   `json:"event,omitempty"`
	Chair     *chairBody   `json:"chair,omitempty"`
	TookOver  bool         `json:"took_over,omitempty"`
}

type currentBody struct {
	Session contest.ID   `json:"session"`
	Account *accountBody `json:"account,omitempty"`
	Device  contest.ID   `json:"device,omitzero"`
	Event   *eventBody   `json:"event,omitempty"`
	Chair   *chairBody   `json:"chair,omitempty"`
}

type sessionBody struct {
	ID        contest.ID `json:"id"`
	Current   bool       `json:"current"`
	CreatedAt time.Time  `json:"created_at"`
	LastSeen  time.Time  `json:"last_seen"`
	ExpiresAt time.Time  `json:"expires_at"`
	IP        string     `json:"ip"`
	Agent     string     `json:"agent"`
}

type codeBody struct {
	Chair     scoring.ChairID `json:"chair"`
	Panel     string          `json:"panel"`
	Seat      int             `json:"seat"`
	Judge     string          `json:"judge"`
	Code      string          `json:"code"`
	URL       string          `json:"url"`
	ExpiresAt time.Time       `json:"expires_at"`
}

type deviceBody struct {
	ID       contest.ID      `json:"id"`
	Chair    scoring.ChairID `json:"chair"`
	Judge    string          `json:"judge"`
	Name     string          `json:"name"`
	Agent    string          `json:"agent"`
	PairedAt time.Time       `json:"paired_at"`
	LastSeen time.Time       `json:"last_seen"`
	Pending  int             `json:"pending"`
	Frozen   bool            `json:"frozen"`
	FrozenAt time.Time       `json:"frozen_at,omitzero"`
	Why      identity.Why    `json:"why,omitempty"`
	Handed   int             `json:"handed"`
}

type auditBody struct {
	Number  int64             `json:"number"`
	At      time.Time         `json:"at"`
	Actor   contest.ID        `json:"actor,omitzero"`
	Name    string            `json:"actor_name,omitempty"`
	Session contest.ID        `json:"session,omitzero"`
	What    string            `json:"what"`
	Object  string            `json:"object"`
	Detail  map[string]string `json:"detail"`
}
