package gauge_test

import (
	"os"
	"runtime"
	"testing"

	"jiangtai/tools/bench/gauge"
)

func TestThisProcess(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Log("there is no /proc here")
		return
	}
	for n := 0; gauge.CPU(os.Getpid()) == 0; n++ {
		if n > 1<<32 {
			t.Fatal("no processor time")
		}
	}
	if r := gauge.Resident(os.Getpid()); r < 1<<20 || r > 1<<34 {
		t.Errorf("%d bytes resident", r)
	}
}
