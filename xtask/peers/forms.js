// The checklist in ODK Web Forms: an XForm with a yes/no question an item, all on one page, as its component shows it.
import { createApp, h } from 'vue';
import { OdkWebForm, webFormsPlugin } from '@getodk/web-forms';

const count = Number(new URLSearchParams(location.search).get('n'));
const each = (make) => Array.from({ length: count }, (_, at) => make(at + 1)).join('');
const formXml = `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
  <h:head>
    <h:title>Checklist</h:title>
    <model>
      <instance><data id="checklist">${each((at) => `<c${at}/>`)}</data></instance>
      ${each((at) => `<bind nodeset="/data/c${at}" type="string"/>`)}
    </model>
  </h:head>
  <h:body>${each((at) => `<select1 ref="/data/c${at}">
    <label>Item ${at}: wiring is tight and labels are readable</label>
    <item><label>Yes</label><value>yes</value></item>
    <item><label>No</label><value>no</value></item>
  </select1>`)}</h:body>
</h:html>`;
const none = async () => new Response('', { status: 404 });
const app = createApp({ render: () => h(OdkWebForm, { formXml, fetchFormAttachment: none, missingResourceBehavior: 'BLANK' }) });
app.use(webFormsPlugin).mount('#app');
