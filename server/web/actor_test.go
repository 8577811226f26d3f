package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

// TestDrainingToo: a tablet that was replaced is let in where its marks are taken,
// and nowhere else; who was never one is answered as elsewhere.
func TestDrainingToo(t *testing.T) {
	cfg := config()
	cfg.Draining = func(_ context.Context, token, _ string) (contest.Actor, error) {
		if token == "replaced" {
			return contest.Actor{Device: contest.ID{7}, Name: "平板", IsReplaced: true}, nil
		}
		return contest.Actor{}, fault.New(fault.Unauthenticated, "identity.replaced")
	}
	app := newApp(t, cfg)
	web.API(app).Get("/marks", web.DrainingToo, func(c *fiber.Ctx) error {
		return c.SendString(fmt.Sprint(web.Actor(c).Name, web.Actor(c).IsReplaced))
	}).Name("test.marks")
	for _, c := range []struct {
		path, token, want string
		status            int
	}{
		{"/api/v1/marks", "replaced", "平板true", 200},
		{"/api/v1/marks", "good", "测试员false", 200},
		{"/api/v1/marks", "old", "", 401},
		{"/api/v1/marks", "down", "", 503},
		{"/api/v1/marks", "", "", 401},
		{"/api/v1/who", "replaced", "", 200},
	} {
		req := httptest.NewRequest(http.MethodGet, c.path, nil)
		req.Header.Set("Authorization", "Bearer "+c.token)
		res, err := app.Test(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != c.status || c.status == 200 && string(body) != c.want {
			t.Errorf("%s as %q: %d %s %v", c.path, c.token, res.StatusCode, body, err)
		}
	}
}
