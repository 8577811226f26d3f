package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"jiangtai/server/backup"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
)

// Which acts wait for a backup, of which contests; and an act whose backup fails
// is not done.
func TestActsThatAreSavedBefore(t *testing.T) {
	var list []backup.Reason
	var broken error
	now := time.Date(2026, 5, 18, 9, 0, 0, 0, time.UTC)
	keeper, err := backup.NewKeeper(backup.KeeperConfig{
		Folder: t.TempDir(), Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { now = now.Add(time.Hour); return now }, // no backup is fresh
		Make: func(_ context.Context, _ io.Writer, _ backup.Lock, r backup.Reason, _ time.Time) error {
			list = append(list, r)
			return broken
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer keeper.Close()
	for _, c := range []struct {
		before string
		kind   contest.Kind
		act    judging.ActKind
		want   backup.Reason
	}{
		{"", contest.Real, judging.ActLock, backup.BeforeLock},
		{"real", contest.Real, judging.ActUnseal, backup.BeforeUnseal},
		{"real", contest.Real, judging.ActPublish, backup.BeforePublish},
		{"real", contest.Real, judging.ActOpen, ""},
		{"real", contest.Real, judging.ActFreeze, ""},
		{"real", contest.Demo, judging.ActLock, ""},
		{"all", contest.Demo, judging.ActLock, backup.BeforeLock},
		{"all", contest.Rehearsal, judging.ActOpen, ""},
		{"none", contest.Real, judging.ActLock, ""},
	} {
		list = nil
		a := &App{cfg: Config{BackupBefore: c.before}, keeper: keeper}
		if err := a.saveBefore(t.Context(), contest.Actor{}, &judging.Setup{Kind: c.kind}, c.act); err != nil {
			t.Fatal(err)
		}
		if (c.want == "") != (len(list) == 0) || c.want != "" && list[0] != c.want {
			t.Errorf("%+v: made were %v", c, list)
		}
	}
	broken = errors.New("the disk broke")
	a := &App{keeper: keeper}
	if err := a.saveBefore(t.Context(), contest.Actor{}, &judging.Setup{Kind: contest.Real}, judging.ActPublish); fault.Code(err) != "backup.failed" {
		t.Errorf("got %v", err)
	}
}
