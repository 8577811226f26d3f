package app

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/demo"
)

// stage makes the trade with two stages, in a contest of its own, in which the
// demonstration's accounts get their parts.
func (c demoCommand) stage(ctx context.Context, client *rehearsal.Client, accounts []demoAccount) error {
	admin, organiser, supervisor := accounts[0], accounts[1], accounts[3]
	office, err := client.SignIn(ctx, admin.User, admin.Password)
	if err != nil {
		return err
	}
	s := demo.Staging{
		Admin: office, Seed: c.Seed, Users: map[string]string{},
		SignIn: func(ctx context.Context) (*rehearsal.Client, error) {
			return client.SignIn(ctx, organiser.User, organiser.Password)
		},
	}
	s.Second.User, s.Second.Password = supervisor.User, supervisor.Password
	for _, a := range accounts {
		switch role := contest.Role(a.Role); role {
		case contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Supervisor, contest.Clerk, contest.Spectator:
			s.Users[a.User] = a.Role
		default: // an administrator has it all, the others have no part in it
		}
	}
	return demo.Stage(ctx, s)
}
