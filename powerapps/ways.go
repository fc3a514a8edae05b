package powerapps

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
)

// wayOf says what to do about an error of a call, in our words; "" when nothing is known.
func wayOf(e *Error, call call) string {
	switch {
	case e.Uncertain && call.repeat == never:
		return "the connector may have been created all the same: look before you create it again, with paconn-ls list connectors --env " + call.environment
	case e.Uncertain:
		return "the connector may have been updated all the same; to update it again is harmless"
	}
	return ""
}

// isTLS reports whether a connection was not made because the other side's certificate is not trusted.
func isTLS(err error) bool {
	var verification *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var record tls.RecordHeaderError
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &record)
}
