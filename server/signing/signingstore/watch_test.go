package signingstore_test

import (
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/signing"
)

// Who waits for signed lists asks every few seconds: what stands as it stood is
// not derived again, and whatever moves is.
func TestSignedListsAreDerivedOnce(t *testing.T) {
	r := newRig(t)
	look := func(what, want string, derives bool) {
		t.Helper()
		before := r.Reads
		lists, err := r.SignedLists(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := lists[event].Number; got != want {
			t.Errorf("%s: list %q, want %q", what, got, want)
		}
		if derived := r.Reads > before; derived != derives {
			t.Errorf("%s: the board was read %d times", what, r.Reads-before)
		}
	}
	look("nothing printed", "", false)
	r.MarkAll()
	r.Write(scoring.Command{Kind: scoring.Lock})
	r.Write(scoring.Command{Kind: scoring.Unseal})
	var docs []signing.Document
	for _, of := range signed {
		docs = append(docs, r.print(host, of))
	}
	look("nothing scanned", "", false)
	list := docs[len(docs)-1]
	r.sign(list)
	look("the list came back before the rest", "", true)
	look("and again", "", false)
	for _, doc := range docs[:len(docs)-1] {
		r.sign(doc)
	}
	look("all came back", list.Number, true)
	for range 5 {
		look("a quiet city", list.Number, false)
	}
	one, ok, err := r.SignedList(t.Context(), event)
	if err != nil || !ok || one.Number != list.Number {
		t.Errorf("asked alone: %v %v %v", one.Number, ok, err)
	}
	r.Write(scoring.Command{Kind: scoring.Publish})
	look("a record", list.Number, true)
	r.Chairs[0].Judge = "方志远"
	r.Edits++
	look("an edit that a sheet says", "", true)
	r.Chairs[0].Judge = "方志明"
	r.Edits++
	look("and undone", list.Number, true)
	r.Sees = []string{list.Code()}
	if _, err := r.Scan(t.Context(), chief, event, list.Serial, signing.Upload{File: []byte(png + "a better picture")}); err != nil {
		t.Fatal(err)
	}
	look("another scan of it", list.Number, true)
	if _, err := r.Void(t.Context(), chief, event, list.Serial, "纸张破损"); err != nil {
		t.Fatal(err)
	}
	look("declared void", "", true)
	look("still void", "", false)
}
