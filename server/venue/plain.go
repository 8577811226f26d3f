package venue

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// Plain answers on plain HTTP beside TLS: it leads to the address that is safe, and
// hands out the authority with its page where the folder holds them, because nobody
// can fetch those over a connection that he does not trust yet. It takes nothing in
// and serves nothing else. public is the safe address (https://…).
func Plain(folder, public string) http.Handler {
	mux := http.NewServeMux()
	give := func(name, media string) {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			return
		}
		path := "/" + name
		if name == FilePage {
			path = "/{$}"
		}
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			body, err := readSmall(filepath.Join(folder, name))
			if err != nil {
				http.Error(w, "not there any more", http.StatusNotFound)
				return
			}
			h := w.Header()
			h.Set("Content-Type", media)
			h.Set("Cache-Control", "no-store")
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
			_, _ = w.Write(body)
		})
	}
	give(FileCA, "application/x-x509-ca-cert")
	give(FilePage, "text/html; charset=utf-8")
	give(FilePoster, "application/pdf")
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			// What is sent here has gone over the air in the open already; to send it
			// on would hide that.
			http.Error(w, "https only: "+public, http.StatusForbidden)
			return
		}
		// The address is ours and never the caller's Host: nobody is led elsewhere.
		http.Redirect(w, r, public+"/"+strings.TrimLeft(r.URL.RequestURI(), "/\\"), http.StatusTemporaryRedirect)
	})
	return mux
}
