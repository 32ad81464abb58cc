// Browser tests with the system's Chromium, against a real server that each worker starts.
import { defineConfig, devices } from '@playwright/test';

const launchOptions = { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] };

export default defineConfig({
  testDir: process.env['PLAYWRIGHT_TESTS'] ?? 'e2e',
  outputDir: process.env['SCREENSHOTS'] ? `${process.env['SCREENSHOTS']}/../playwright` : '../target/playwright',
  workers: 1,
  // Generous, because the machine may be busy with other work; only failing tests take so long.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: { launchOptions, trace: 'retain-on-failure' },
  projects: [
    { name: 'chromium', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 }, launchOptions } },
  ],
});
