// Tells the server in which zone this browser is, so that pages show times as their reader's clock does.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) {
  document.cookie = `offhook-zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
}
