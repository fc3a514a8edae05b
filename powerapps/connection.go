package powerapps

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// proxyError is a proxy that does not let a connection through.
type proxyError struct {
	host   string
	status int
}

func (e *proxyError) Error() string {
	return fmt.Sprintf("the proxy %s answers %d %s", e.host, e.status, http.StatusText(e.status))
}

// inWords says what happened to a connection as people say it; what nothing is known of is said as it is. A time limit is
// told by the message before it.
func inWords(err error) string {
	var dns *net.DNSError
	var waited net.Error
	var cut *cutError
	var slow *slowError
	var failed *Error
	switch {
	case errors.As(err, &failed): // of the sign-in, which a request of the service waited for
		return failed.Error()
	case errors.As(err, &cut):
		return "the answer broke off: " + inWords(cut.err)
	case err == nil || errors.Is(err, context.DeadlineExceeded):
		return ""
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.As(err, &dns):
		return "the name " + plain(dns.Name, 253) + " cannot be resolved (" + dns.Err + ")"
	case untrusted(err):
		return "the other side is not trusted: " + innermost(err)
	case refusedConnection(err):
		return "the connection was refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed):
		return "the connection was cut"
	case errors.As(err, &slow):
		return slow.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was closed too soon"
	case errors.As(err, &waited) && waited.Timeout():
		return "the connection could not be made in time"
	}
	return err.Error()
}

// innermost returns the text of the error that the others wrap.
func innermost(err error) string {
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return plain(err.Error(), maxMessage)
}

// connectionWay says what to do about a connection that was not made, or broke; "" when nothing is known.
func connectionWay(err error, address string) string {
	var proxy *proxyError
	var dns *net.DNSError
	var op *net.OpError
	var waited net.Error
	var no *refused
	switch {
	case errors.As(err, &no):
		return no.way
	case errors.As(err, &proxy) && proxy.status == http.StatusProxyAuthRequired:
		return "the proxy wants to know who asks: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"
	case errors.As(err, &proxy):
		return "the proxy comes from HTTPS_PROXY; NO_PROXY names hosts that are asked without it"
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return "check the proxy in HTTPS_PROXY; NO_PROXY names hosts that are asked without it"
	case errors.As(err, &dns):
		return "the name " + plain(dns.Name, 253) + " is not known here: check the network, the proxy (HTTPS_PROXY) and, if you gave one, the address"
	case untrusted(err):
		return trustWay(err)
	case refusedConnection(err) && Loopback(hostname(address)):
		return "nothing listens there: is the sandbox still running⟨ (paconn-ls sandbox)⟩?"
	case refusedConnection(err):
		return "nothing listens there: check the address, the firewall and the proxy (HTTPS_PROXY)"
	case errors.As(err, &waited) && waited.Timeout():
		return "nobody answers there in time: check the network, the firewall and the proxy (HTTPS_PROXY); else the service is slow, try again later, or with a longer PACONN_TIMEOUT"
	case wasCut(err):
		return "a proxy or a firewall can be the cause; else try again"
	}
	return ""
}

// wasCut reports whether a connection was there and ended too soon.
func wasCut(err error) bool {
	for _, end := range []error{syscall.ECONNRESET, syscall.EPIPE, net.ErrClosed, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, end) {
			return true
		}
	}
	return false
}

// trustWay says what to do about a certificate that is not trusted.
func trustWay(err error) string {
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "check that the clock of this machine is right; else the certificate of the other side is too old"
	case errors.As(err, &record):
		return "what listens there does not speak TLS: check the address and the proxy (HTTPS_PROXY)"
	}
	return "a company's proxy that reads along has a root certificate of its own: have it installed on this machine, or on Linux name its file in SSL_CERT_FILE; the check cannot be switched off"
}

// untrusted reports whether a connection was not made because of the other side's certificate, or its lack of TLS.
func untrusted(err error) bool {
	var verification *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid) || errors.As(err, &record)
}

// refusedConnection reports whether nothing listens at an address. The words are those of Windows.
func refusedConnection(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || strings.Contains(err.Error(), "actively refused")
}

// hostname returns the host of a URL without its port.
func hostname(address string) string {
	host := HostOf(address)
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}
