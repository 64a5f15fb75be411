package datasets

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// largest is the most bytes that a file may have; the sets are below 100 MB.
const largest = 1 << 30

// Fetcher fetches sets into a folder.
type Fetcher struct {
	Folder string       // made where it is missing
	Source string       // address of the folder that has the files; "": Source
	Client *http.Client // nil: one that gives up after 30 s without an answer

	// Progress, where set, is told how many bytes of the file are there, and how
	// many it has, −1 where the server does not say.
	Progress func(done, of int64)
}

// CacheFolder is the usual place of fetched sets for the user.
func CacheFolder() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no cache folder: %w; name one by --cache", err)
	}
	return filepath.Join(dir, "graphpool", "datasets"), nil
}

// Cached is where a set lies once it is fetched, and whether it does.
func (f *Fetcher) Cached(s Set) (path string, there bool) {
	path = filepath.Join(f.Folder, s.Name+".npz")
	info, err := os.Stat(path)
	return path, err == nil && info.Mode().IsRegular()
}

// Fetch is the path of the set's file, which is fetched where it is not in the
// folder yet. A file in the folder is checked as one that comes in is. What a
// broken transfer left is gone on with at the next call, and the file takes its
// name only when it is whole and right.
func (f *Fetcher) Fetch(ctx context.Context, s Set) (string, error) {
	path, there := f.Cached(s)
	if there {
		if err := check(path, s); err != nil {
			return "", fmt.Errorf("%s: %w; remove it to fetch it again", path, err)
		}
		return path, nil
	}
	if err := os.MkdirAll(f.Folder, 0o755); err != nil {
		return "", err
	}
	part := path + ".part"
	if err := f.transfer(ctx, s, part); err != nil {
		return "", fmt.Errorf("%s: %w", s.Name, err)
	}
	if err := check(part, s); err != nil {
		return "", errors.Join(fmt.Errorf("%s from %s: %w", s.Name, f.address(s), err), os.Remove(part))
	}
	return path, os.Rename(part, path)
}

func (f *Fetcher) address(s Set) string {
	source := f.Source
	if source == "" {
		source = Source
	}
	return strings.TrimSuffix(source, "/") + "/" + s.Name + ".npz"
}

// transfer adds to part what it lacks of the set's file.
func (f *Fetcher) transfer(ctx context.Context, s Set, part string) (err error) {
	out, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	have, err := out.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	res, err := f.ask(ctx, s, have)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }() // read only
	switch {
	case res.StatusCode == http.StatusRequestedRangeNotSatisfiable && have > 0:
		return nil // all of it is there; check decides
	case res.StatusCode == http.StatusOK: // from the beginning
		if have, err = 0, out.Truncate(0); err != nil {
			return err
		}
		if _, err = out.Seek(0, io.SeekStart); err != nil {
			return err
		}
	case res.StatusCode != http.StatusPartialContent:
		return fmt.Errorf("%s answers %s", f.address(s), res.Status)
	}
	return f.copy(out, res, have)
}

// ask requests the file from byte have on.
func (f *Fetcher) ask(ctx context.Context, s Set, have int64) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.address(s), nil)
	if err != nil {
		return nil, err
	}
	if have > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	client := f.Client
	if client == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.ResponseHeaderTimeout = 30 * time.Second
		client = &http.Client{Transport: transport}
	}
	res, err := client.Do(req)
	var u *url.Error
	if errors.As(err, &u) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%s cannot be reached: %w", req.URL.Host, u.Err)
	}
	return res, err
}

// copy writes the answer to out, which has have bytes.
func (f *Fetcher) copy(out io.Writer, res *http.Response, have int64) error {
	of := int64(-1)
	if res.ContentLength >= 0 {
		of = have + res.ContentLength
	}
	buf := make([]byte, 1<<16)
	for {
		n, err := res.Body.Read(buf)
		if have += int64(n); have > largest {
			return fmt.Errorf("more than %d bytes, want a data set", int64(largest))
		}
		if _, werr := out.Write(buf[:n]); werr != nil {
			return werr
		}
		if f.Progress != nil {
			f.Progress(have, of)
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("broke off after %d bytes: %w; the next try goes on from there", have, err)
		}
	}
}

// check errs unless the file has the set's checksum; where none is known it
// has to be a whole archive.
func check(path string, s Set) error {
	if s.SHA256 == "" {
		return checkArchive(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // read only
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != s.SHA256 {
		return fmt.Errorf("SHA-256 is %s, want %s", got, s.SHA256)
	}
	return nil
}

// checkArchive reads an npz through: each of its members has a checksum.
func checkArchive(path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return fmt.Errorf("not a whole npz: %w", err)
	}
	defer func() { _ = z.Close() }() // read only
	for _, m := range z.File {
		r, err := m.Open()
		if err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		_, err = io.Copy(io.Discard, io.LimitReader(r, 16*largest))
		if err = errors.Join(err, r.Close()); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
	}
	return nil
}
