import { formatInstant } from '../render/format.ts';
import type { Language } from '../render/view.ts';

/** The script of a trace's page: the slider says what time it stands at, and asks for it by itself. Without it, a button does. */

/** Keys move the slider step by step: it is asked when it rests. */
const REST_MS = 500;
const SLID = 'slid';

const form = document.querySelector<HTMLFormElement>('form[data-live]');
const slider = form?.querySelector<HTMLInputElement>('input[type="range"]');
const words = document.getElementById('slide-time');

if (form && slider && words) {
  const language = document.documentElement.lang.slice(0, 2);
  const show = () => {
    const time = `${new Date(Number(slider.value) * 1_000).toISOString().slice(0, 19)}Z`;
    words.textContent = formatInstant(time, (language === 'zh' || language === 'ko' ? language : 'en') satisfies Language);
    slider.setAttribute('aria-valuetext', words.textContent);
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  slider.addEventListener('input', () => {
    show();
    clearTimeout(resting);
  });
  slider.addEventListener('change', () => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      sessionStorage.setItem(SLID, 'yes');
      form.requestSubmit();
    }, REST_MS);
  });
  show();
  // The page that the slider asked for: whoever moved it goes on from there.
  if (sessionStorage.getItem(SLID) === 'yes') slider.focus();
  sessionStorage.removeItem(SLID);
}
