package powerapps_test

import (
	"os"
	"testing"
)

// TestMain has the processes that tests start end at once: the race detector makes each wait for a second.
func TestMain(m *testing.M) {
	if err := os.Setenv("GORACE", os.Getenv("GORACE")+" atexit_sleep_ms=0"); err != nil {
		panic(err)
	}
	m.Run()
}
