//go:build !race

package simulation_test

// usual is how many contests are played.
const usual = 400
