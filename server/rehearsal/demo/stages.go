package demo

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/city"
)

// Staging is the demonstration of stages: a contest of its own with one trade,
// whose preliminary is published and whose final follows it.
type Staging struct {
	Admin *rehearsal.Client
	// SignIn signs the organiser in, once he has his part: he is among Users.
	SignIn func(ctx context.Context) (*rehearsal.Client, error)
	// Users are the accounts that are given a part in the contest, by role.
	Users  map[string]string
	Second struct{ User, Password string } // a supervisor among them
	Seed   uint64
}

// Stage brings a trade to the morning of its final: the preliminary is published,
// one of those who go on has declined, the others are entries of the final, which
// is open. To carry the preliminary's numbers over is left to the visitor.
func Stage(ctx context.Context, s Staging) error {
	zip, err := city.Stages(s.Seed)
	if err != nil {
		return fmt.Errorf("invent the stages: %w", err)
	}
	id, err := s.Admin.Import(ctx, zip)
	if err != nil {
		return err
	}
	events, err := s.Admin.Events(ctx, id)
	if err != nil {
		return err
	}
	if err := s.grant(ctx, id, events); err != nil {
		return err
	}
	by := map[string]rehearsal.Event{}
	for _, e := range events {
		by[e.Code] = e
	}
	office, err := s.SignIn(ctx)
	if err != nil {
		return err
	}
	d := &Marking{Staff: office, Clerk: office, Contest: id, Seed: s.Seed}
	d.Second.User, d.Second.Password = s.Second.User, s.Second.Password
	first, final := by[city.Preliminary], by[city.Final]
	err = d.begin(ctx, first, start{marked: 100, open: true, publish: true}, func() error { return d.keyAll(ctx, first, 100) })
	if err != nil {
		return err
	}
	if err := goOn(ctx, office, first, final); err != nil {
		return fmt.Errorf("who goes on to event %s: %w", final.Code, err)
	}
	return d.act(ctx, final, "open", nil)
}

// ofContest are the roles that are given for a contest; the others are for events.
var ofContest = []string{"organiser", "supervisor", "spectator"}

// grant gives the accounts a part in the contest beside what they have.
func (s Staging) grant(ctx context.Context, contest string, events []rehearsal.Event) error {
	var list struct {
		Accounts []struct {
			ID     string           `json:"id"`
			User   string           `json:"user"`
			Grants []map[string]any `json:"grants"`
		} `json:"accounts"`
	}
	if err := s.Admin.Do(ctx, http.MethodGet, "/api/v1/accounts?limit=200", nil, &list); err != nil {
		return fmt.Errorf("accounts of the stages: %w", err)
	}
	for _, a := range list.Accounts {
		role, ok := s.Users[a.User]
		if !ok {
			continue
		}
		grants := a.Grants
		if slices.Contains(ofContest, role) {
			grants = append(grants, map[string]any{"role": role, "contest": contest})
		} else {
			for _, e := range events {
				grants = append(grants, map[string]any{"role": role, "contest": contest, "event": e.ID})
			}
		}
		if err := s.Admin.Do(ctx, http.MethodPatch, "/api/v1/accounts/"+a.ID, map[string]any{"grants": grants}, nil); err != nil {
			return fmt.Errorf("a part in the stages for %s: %w", a.User, err)
		}
	}
	return nil
}

// goOn ties the final to the preliminary, notes one who declines, and takes the
// others over.
func goOn(ctx context.Context, office *rehearsal.Client, first, final rehearsal.Event) error {
	at := "/api/v1/events/" + final.ID + "/stage"
	if err := office.Do(ctx, http.MethodPut, at, map[string]string{"follows": first.ID}, nil); err != nil {
		return err
	}
	var list struct {
		Publication uint64 `json:"publication"`
		Candidates  []struct {
			Source string `json:"source"`
			Goes   bool   `json:"goes"`
		} `json:"candidates"`
		Difference struct {
			Digest string `json:"digest"`
		} `json:"difference"`
	}
	if err := office.Do(ctx, http.MethodGet, at+"/advance", nil, &list); err != nil {
		return err
	}
	if len(list.Candidates) > 1 {
		no := map[string]any{"source": list.Candidates[1].Source, "declines": true, "reason": "出国培训，不能参加决赛（演示）"}
		if err := office.Do(ctx, http.MethodPost, at+"/declines", no, &list); err != nil {
			return err
		}
	}
	taking := map[string]any{"publication": list.Publication, "digest": list.Difference.Digest, "reason": ""}
	return office.Do(ctx, http.MethodPost, at+"/advance", taking, nil)
}
