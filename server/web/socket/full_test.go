package socket_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"jiangtai/server/web"
	"jiangtai/server/web/socket"
)

// TestAFullFeedRefusesBeforeTheUpgrade: who comes when there is no room is told when to
// come back, and gets in once somebody left.
func TestAFullFeedRefusesBeforeTheUpgrade(t *testing.T) {
	r := start(t, nil)
	app := web.New(web.Config{Now: time.Now})
	socket.New(socket.Config{Hub: r.hub, Topics: r, Now: time.Now, MaxSockets: 1}).Mount(app)
	addr := serve(t, app)
	open := func() (*websocket.Conn, *http.Response, error) {
		c, res, err := new(websocket.Dialer).DialContext(t.Context(), "ws://"+addr+"/live", http.Header{"Origin": {"http://" + addr}})
		if res != nil {
			_ = res.Body.Close()
		}
		return c, res, err
	}
	first, _, err := open()
	if err != nil {
		t.Fatal(err)
	}
	var res *http.Response
	eventually(t, "a second one is refused", func() bool {
		var c *websocket.Conn
		if c, res, err = open(); err == nil {
			_ = c.Close() // the first one was not counted yet
		}
		return errors.Is(err, websocket.ErrBadHandshake)
	})
	if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") != "5" || res.Header.Get("Content-Type") != web.MediaProblem {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	_ = first.Close()
	eventually(t, "room again", func() bool {
		c, _, err := open()
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
}
