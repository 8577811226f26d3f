package identity

import (
	"fmt"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/identity/secret"
)

// Hash is what is stored of a token, a code or a link.
type Hash = secret.Hash

// newID makes a row's id.
func newID() (contest.ID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return contest.ID{}, fmt.Errorf("make an id: %w", err)
	}
	return contest.ID(id), nil
}
