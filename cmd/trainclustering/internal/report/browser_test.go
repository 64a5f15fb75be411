package report

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// browser is Chromium, or the test is left out.
func browser(t *testing.T) string {
	if raceDetector {
		t.Skip("under the race detector: it says nothing of another program")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium, chromium-browser or google-chrome in PATH")
	return ""
}

// browse runs the browser and returns what it printed and what it complained of.
func browse(t *testing.T, args ...string) (out, log string) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	args = append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
		"--user-data-dir=" + t.TempDir(), "--enable-logging=stderr", "--virtual-time-budget=5000",
	}, args...)
	cmd := exec.CommandContext(ctx, browser(t), args...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	require.NoError(t, cmd.Run(), e.String())
	return o.String(), e.String()
}

// asked keeps which paths a server was asked for.
type asked struct {
	sync.Mutex
	paths []string
}

// serve serves the pages by name, and beside each a frame of a width around it
// that says how wide and high the page is within.
func serve(t *testing.T, pages map[string]string) (string, *asked) {
	log := &asked{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		log.Lock()
		log.paths = append(log.paths, r.Method+" "+r.URL.String())
		log.Unlock()
		name := strings.TrimPrefix(r.URL.Path, "/")
		if r.URL.Query().Has("frame") {
			fmt.Fprintf(w, `<iframe id=f style="border:0;width:%spx;height:900px" src="/%s"></iframe><p id=p></p><script>
f.onload=()=>{const e=f.contentDocument.documentElement;p.textContent="wide "+e.scrollWidth+" of "+e.clientWidth+", high "+e.scrollHeight}
</script>`, r.URL.Query().Get("frame"), name)
			return
		}
		page, ok := pages[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(page))
	}))
	t.Cleanup(s.Close)
	return s.URL, log
}

func TestBrowserHasNoComplaint(t *testing.T) {
	browser(t)
	pages := map[string]string{"hostile": htmlOf(t, withHostile()), "large": htmlOf(t, planted(9000, 80, 5, 1))}
	url, log := serve(t, pages)
	for name := range pages {
		for _, width := range []string{"400", "1280"} {
			out, complaints := browse(t, "--dump-dom", url+"/"+name+"?frame="+width)
			assert.NotContains(t, complaints, "CONSOLE", "%s at %s pixels", name, width)
			var wide, room, high int
			at := regexp.MustCompile(`wide \d+ of \d+, high \d+`).FindString(out)
			_, err := fmt.Sscanf(at, "wide %d of %d, high %d", &wide, &room, &high)
			require.NoError(t, err, "the frame says %q", at)
			assert.LessOrEqual(t, wide, room, "%s at %s pixels is wider than its window", name, width)
			assert.Greater(t, high, 1000)
		}
	}
	for _, path := range log.paths {
		assert.Regexp(t, `^GET /(hostile|large)(\?frame=\d+)?$|^GET /favicon.ico$`, path, "favicon.ico is asked for by the frame's page alone")
	}
}

// TestPageAsksNothingOfTheNetwork opens the file with every request sent to a
// proxy that notes it.
func TestPageAsksNothingOfTheNetwork(t *testing.T) {
	browser(t)
	url, log := serve(t, nil)
	file := filepath.Join(t.TempDir(), "report.html")
	require.NoError(t, os.WriteFile(file, []byte(htmlOf(t, withHostile())), 0o600))
	shot := filepath.Join(t.TempDir(), "shot.png")
	_, complaints := browse(t, "--proxy-server="+url, "--proxy-bypass-list=<-loopback>", "--window-size=1280,2000", "--screenshot="+shot, "file://"+file)
	assert.NotContains(t, complaints, "CONSOLE")
	for _, path := range log.paths {
		assert.Regexp(t, browsersOwn, path, "the page asks the network")
	}

	b, err := os.ReadFile(shot)
	require.NoError(t, err)
	img, err := png.Decode(bytes.NewReader(b))
	require.NoError(t, err)
	assert.Equal(t, 1280, img.Bounds().Dx())
	colours := make(map[[3]uint32]bool)
	for y := 0; y < img.Bounds().Dy(); y += 3 {
		for x := 0; x < img.Bounds().Dx(); x += 3 {
			r, g, b, _ := img.At(x, y).RGBA()
			colours[[3]uint32{r, g, b}] = true
		}
	}
	assert.Greater(t, len(colours), 50, "something is drawn")
}

// browsersOwn is what Chromium asks for by itself, whatever is open.
var browsersOwn = regexp.MustCompile(`//(update\.googleapis|clients2\.google|accounts\.google|optimizationguide-pa\.googleapis|android\.clients\.google|mtalk\.google|content-autofill\.googleapis|safebrowsing\.googleapis)\.com[:/]`)

func TestPagePrints(t *testing.T) {
	browser(t)
	file, pdf := filepath.Join(t.TempDir(), "report.html"), filepath.Join(t.TempDir(), "report.pdf")
	require.NoError(t, os.WriteFile(file, []byte(htmlOf(t, planted(60, 5, 4, 1))), 0o600))
	browse(t, "--print-to-pdf="+pdf, "file://"+file)
	b, err := os.ReadFile(pdf)
	require.NoError(t, err)
	assert.True(t, bytes.HasPrefix(b, []byte("%PDF-")))
	assert.Greater(t, len(b), 20_000)
}
