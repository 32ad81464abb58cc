// The banner of an operator's announcement, shown on every screen until it is closed, withdrawn or expired.
import { useEffect } from 'preact/hooks';
import { type Announcement as AnnouncementData, announcementKey } from '../state';
import { closeBanner, forgetAnnouncement } from '../store';
import { LONGEST_TIMER } from './pause';

export function Announcement({ announcement }: { announcement: AnnouncementData }) {
  const { text, severity, ends } = announcement;
  useEffect(() => {
    const timer = setTimeout(forgetAnnouncement, Math.min(LONGEST_TIMER, Math.max(0, ends - Date.now())));
    return () => clearTimeout(timer);
  }, [ends]);
  return (
    <section
      class={`banner announcement ${severity}`}
      role={severity === 'error' ? 'alert' : 'status'}
      aria-label="Announcement"
    >
      <span>{text}</span>{' '}
      <button type="button" onClick={() => closeBanner(announcementKey(announcement))}>
        Close
      </button>
    </section>
  );
}
