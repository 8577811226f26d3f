//go:build race

package simulation_test

// usual is how many contests are played: the race detector makes each ten times as long.
const usual = 40
