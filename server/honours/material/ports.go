package material

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Audit notes who did what to which object, in the same transaction. The app
// plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}

// Nominees say who sees a nomination; honours.Office is one.
type Nominees interface {
	See(ctx context.Context, a contest.Actor, id contest.ID) (honours.Nomination, error)
}

// Files are the stored files.
type Files interface {
	// CreateFile keeps one; a file that is kept already stays as it is.
	CreateFile(ctx context.Context, f File, body []byte) error
	// FindFile gives one with its bytes; Missing honours.file_missing.
	FindFile(ctx context.Context, nomination contest.ID, sum string) (File, []byte, error)
	// ListFiles gives a nomination's, in the order they came.
	ListFiles(ctx context.Context, nomination contest.ID) ([]File, error)
}
