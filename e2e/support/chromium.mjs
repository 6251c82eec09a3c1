// How Chromium is started, by the tests and by programs of their own.

/** Options for Playwright's `launch`: Debian's Chromium, which must not talk to anybody but us. */
export const launch = {
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: [
    // Its sandbox refuses to run as root, and as root is how tests run on a bare machine.
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ],
};
