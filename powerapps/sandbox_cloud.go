package powerapps

import (
	"cmp"
	"context"
	"crypto/tls"
	"net"
	"net/url"
	"time"
)

// sandboxLimit is that a sandbox has to answer when it is looked for. It is on this machine, which may be busy.
const sandboxLimit = 5 * time.Second

// runningSandbox returns the sandbox that a config folder tells of. One that was killed leaves its file behind, and its
// port to whoever comes next, so it has to show by its certificate that it is there. Whatever is wrong with the file is
// no error: it must not stand in the way of other clouds, and starting a sandbox writes another.
func runningSandbox(dir string) (Cloud, bool) {
	r, err := ReadRendezvous(dir)
	if err != nil {
		return Cloud{}, false
	}
	cloud, err := r.Cloud()
	if err != nil {
		return Cloud{}, false
	}
	u, err := url.Parse(cloud.PowerApps)
	if err != nil {
		return Cloud{}, false
	}
	ctx, cancel := context.WithTimeout(context.Background(), sandboxLimit)
	defer cancel()
	dialer := tls.Dialer{Config: &tls.Config{RootCAs: cloud.Roots}}
	connection, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "443")))
	if err != nil {
		return Cloud{}, false
	}
	connection.Close()
	return cloud, true
}
