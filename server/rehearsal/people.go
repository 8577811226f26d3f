package rehearsal

import (
	"context"
	"fmt"
	"net/http"
)

// SignIn gives the client of an account.
func (c *Client) SignIn(ctx context.Context, user, password string) (*Client, error) {
	var got struct {
		Token string `json:"token"`
	}
	err := c.Do(ctx, http.MethodPost, "/api/v1/sessions", map[string]string{"user": user, "password": password}, &got)
	if err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", user, err)
	}
	return c.As(got.Token), nil
}

// Code is a pairing code for one chair.
type Code struct {
	Chair int    `json:"chair"`
	Panel string `json:"panel"`
	Seat  int    `json:"seat"`
	Judge string `json:"judge"`
	Code  string `json:"code"`
}

// Codes makes new pairing codes for all chairs of an event.
func (c *Client) Codes(ctx context.Context, event string) ([]Code, error) {
	var got struct {
		Codes []Code `json:"codes"`
	}
	err := c.Do(ctx, http.MethodPost, "/api/v1/events/"+event+"/pairing-codes", struct{}{}, &got)
	if err != nil {
		return nil, fmt.Errorf("pairing codes of event %s: %w", event, err)
	}
	return got.Codes, nil
}

// Pair turns a code into a tablet's client.
func (c *Client) Pair(ctx context.Context, code string) (*Client, error) {
	var got struct {
		Token string `json:"token"`
	}
	err := c.Do(ctx, http.MethodPost, "/api/v1/pairings", map[string]string{"code": code, "device_name": "rehearsal"}, &got)
	if err != nil {
		return nil, fmt.Errorf("pair: %w", err)
	}
	return c.As(got.Token), nil
}

// Import takes in a package (.zip) and gives the contest's id.
func (c *Client) Import(ctx context.Context, zip []byte) (string, error) {
	var got struct {
		Contest struct {
			ID string `json:"id"`
		} `json:"contest"`
	}
	if err := c.Do(ctx, http.MethodPost, "/api/v1/packages", zip, &got); err != nil {
		return "", fmt.Errorf("import the package: %w", err)
	}
	return got.Contest.ID, nil
}

// Event is one event of the public list.
type Event struct {
	ID    string `json:"id"`
	Code  string `json:"code"`
	Trade string `json:"trade"`
	Phase string `json:"phase"`
	Depth string `json:"depth"`
	Chain string `json:"chain"`
}

// Events lists the events of a contest, all of them.
func (c *Client) Events(ctx context.Context, contest string) ([]Event, error) {
	var got struct {
		Events []Event `json:"events"`
	}
	err := c.Do(ctx, http.MethodGet, "/api/v1/contests/"+contest+"/events?limit=500", nil, &got)
	if err != nil {
		return nil, fmt.Errorf("events of contest %s: %w", contest, err)
	}
	return got.Events, nil
}

// Act does one act of an event: open, freeze, lock, publish, …
func (c *Client) Act(ctx context.Context, event string, act map[string]any) error {
	if err := c.Do(ctx, http.MethodPost, "/api/v1/events/"+event+"/acts", act, nil); err != nil {
		return fmt.Errorf("%v event %s: %w", act["act"], event, err)
	}
	return nil
}

// Withdraw takes an application back by its receipt.
func (c *Client) Withdraw(ctx context.Context, number, secret string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodDelete, c.Base+"/api/v1/public/registrations/"+number, nil)
	if err != nil {
		return fmt.Errorf("withdraw: %w", err)
	}
	req.Header.Set("X-Jiangtai", "1")
	req.Header.Set("X-Receipt-Secret", secret)
	res, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("withdraw: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	return decode(res, nil)
}
