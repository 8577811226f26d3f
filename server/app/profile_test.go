package app_test

import (
	"bytes"
	"net/http"
	"testing"
)

// TestProfileIsForAdministrators: what the process is busy with is told to nobody
// else, and one who asks wrongly hears where.
func TestProfileIsForAdministrators(t *testing.T) {
	tw := common(t)
	ask := func(token, path string) answer {
		return tw.send(t, request{method: http.MethodGet, path: "/api/v1/profiles/" + path, token: token})
	}
	for _, kind := range []string{"goroutine", "heap", "cpu?seconds=1"} {
		if a := ask(tw.admin.Token, kind); a.status != http.StatusOK || !bytes.HasPrefix([]byte(a.body), []byte{0x1f, 0x8b}) {
			t.Errorf("%s: %d and %d bytes", kind, a.status, len(a.body))
		}
	}
	for path, status := range map[string]int{"nothing": http.StatusNotFound, "cpu?seconds=0": http.StatusBadRequest, "cpu?seconds=60": http.StatusBadRequest} {
		if a := ask(tw.admin.Token, path); a.status != status {
			t.Errorf("%s: %d, want %d", path, a.status, status)
		}
	}
	if a := ask("", "heap"); a.status != http.StatusUnauthorized {
		t.Errorf("the public: %d", a.status)
	}
}
