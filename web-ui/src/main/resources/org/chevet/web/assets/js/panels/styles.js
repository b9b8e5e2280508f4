// @ts-check
import { css } from "lit";

export const panelStyles = css`
  :host {
    display: block;
    padding: var(--s4);
  }
  .head {
    display: flex;
    justify-content: space-between;
    align-items: flex-start;
    gap: var(--s2);
    margin-bottom: var(--s2);
  }
  .head button {
    flex: none;
    white-space: nowrap;
  }
  .sub {
    color: var(--ink-2);
    margin-bottom: var(--s3);
  }
  .tags {
    margin-bottom: var(--s3);
  }
  section + section {
    margin-top: var(--s4);
  }
  .stay {
    border-top: 1px solid var(--line);
    padding-top: var(--s3);
    margin-top: var(--s3);
  }
`;
