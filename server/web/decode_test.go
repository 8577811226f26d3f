package web_test

import "testing"

func TestDecodeNeedsJSON(t *testing.T) {
	app := newApp(t, config())
	for media, status := range map[string]int{
		"application/json":                   200,
		"application/json; charset=utf-8":    200,
		"application/json; charset=UTF-8":    200,
		"application/json; charset=gbk":      415,
		"text/plain":                         415,
		"multipart/form-data; boundary=x":    415,
		"application/x-www-form-urlencoded":  415,
		"":                                   415,
		"application/vnd.api+json; version=": 415,
	} {
		a := ask(t, app, "POST", "/api/v1/notes", `{"text":"a"}`, "X-Jiangtai", "1", "Authorization", "Bearer good", "Content-Type", media)
		if a.status != status {
			t.Errorf("%q: %d", media, a.status)
		}
	}
}
