package witness_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	. "jiangtai/server/judging/judgingtest"
	"jiangtai/server/judging/witness"
	"jiangtai/server/ledger"
)

func TestHeadFileKeepsTheLastHeads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "heads")
	log := slog.New(slog.DiscardHandler)
	h, err := witness.Open(path, log)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok := h.Seen(ID('l', 1)); ok {
		t.Error("an empty file has seen something")
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { h.Run(ctx); close(done) }()
	for n := range uint64(500) {
		h.Saw(ID('l', int(n%3)), n, ledger.Hash{byte(n)})
	}
	stop()
	<-done
	again, err := witness.Open(path, log)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]uint64{0: 498, 1: 499, 2: 497} {
		if size, hash, ok := again.Seen(ID('l', i)); !ok || size != want || hash != (ledger.Hash{byte(want)}) {
			t.Errorf("ledger %d: %d %s %v, want %d", i, size, hash, ok, want)
		}
	}
	if err := os.WriteFile(path, []byte("not a head\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := witness.Open(path, log); err == nil {
		t.Error("a broken head file was taken")
	}
}
