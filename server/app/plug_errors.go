package app

import "jiangtai/server/fault"

func errContestMissing() error { return fault.New(fault.Missing, "programme.contest_missing") }
