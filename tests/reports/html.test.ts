import { describe, expect, it } from 'vitest';
import { html, trusted } from '../../scripts/reports/page/html';

describe('html', () => {
  it('escapes every value, in text and in attributes', () => {
    const name = `<script>alert("1")</script> & 'x'`;
    expect(html`<td title="${name}">${name}</td>`.html).toBe(
      '<td title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</td>',
    );
  });

  it('keeps markup, joins lists, leaves out what is undefined', () => {
    const list = ['<a>', html`<b>${1}</b>`, [undefined, trusted('<i>')]];
    expect(html`${list}${undefined}|`.html).toBe('&lt;a&gt;<b>1</b><i>|');
  });

  it('is not fooled by objects that look like text', () => {
    expect(html`${JSON.stringify({ html: '<b>' })}`.html).toBe('{&quot;html&quot;:&quot;&lt;b&gt;&quot;}');
  });

  it('makes visible what could hide a name', () => {
    expect(html`${'a\u0000b\u001bc\u202ed\ud800e\u200bf\tg'}`.html).toBe('a\u2400b\u241bc\ufffdd\ufffde\ufffdf\tg');
  });
});
