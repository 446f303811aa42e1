// Made from frontend/src by "npm run build". sources sha256 f94f682139c6126a1626e09df34d3cbab5b0b7c24b28ae82802a0b44c19b3d90
var Le={f32:Float32Array,u8:Uint8Array,u16:Uint16Array,u32:Uint32Array,i32:Int32Array};function ze(e){return e?e instanceof ArrayBuffer?new Uint8Array(e):new Uint8Array(
e.buffer,e.byteOffset,e.byteLength):new Uint8Array(0)}function Ht(e){return Uint8Array.from(atob(e),t=>t.charCodeAt(0))}function Oe(e,t){let n=e.length/t,s=new Uint8Array(
e.length);for(let o=0,i=0;o<t;o++)for(let r=0,h=o;r<n;r++,h+=t)s[h]=e[i++];return s}var Xt=e=>(e&2147483648?e^2147483648:~e)>>>0;function Ce(e,t){let n=Le[t.dtype],
s=n.BYTES_PER_ELEMENT,o=e.slice(t.offset,t.offset+t.length*s);if(o.length!==t.length*s)throw new RangeError("The data of this view are cut short.");if(!t.coding||
s===1)return new n(o.buffer);let i=Oe(o,s).buffer;if(t.coding==="shuffle")return new n(i);let r=new Uint32Array(i);if(t.dtype!=="f32"){for(let a=1;a<r.length;a++)
r[a]+=r[a-1];return new n(i)}let h=r[0]??0;r.length&&(r[0]=Xt(h));for(let a=1;a<r.length;a++)h=h-r[a]>>>0,r[a]=Xt(h);return new Float32Array(i)}var jt=class{constructor(t,n){
this.specs=t??{},this.bytes=ze(n),this.kept=new Map}get(t){return t==null||!(t in this.specs)?null:(this.kept.has(t)||this.kept.set(t,Ce(this.bytes,this.specs[t])),
this.kept.get(t))}};var Ue="http://www.w3.org/2000/svg";function Wt(e,t,n){for(let[s,o]of Object.entries(t??{}))o==null||o===!1||(typeof o=="function"?e.addEventListener(s,o):e.setAttribute(
s==="pyn"?"data-pyn":s,o===!0?"":o));return e.append(...n.flat().filter(s=>s!=null&&s!==!1)),e}var c=(e,t,...n)=>Wt(document.createElement(e),t,n),_=(e,t,...n)=>Wt(
document.createElementNS(Ue,e),t,n);function E(e,t){for(let[n,s]of Object.entries(t))s==null||s===!1?e.removeAttribute(n):e.getAttribute(n)!==String(s)&&e.setAttribute(
n,s===!0?"":s)}function C(e,t){e.textContent!==t&&(e.textContent=t)}var Nt=class{constructor(t){this.jobs=new Set,this.after=t,this.waiting=0}ask(t){this.jobs.add(
t),this.waiting||=requestAnimationFrame(()=>this.run())}run(){this.waiting=0;let t=performance.now(),n=[...this.jobs];this.jobs.clear();for(let s of n)s();this.
after(performance.now()-t)}stop(){cancelAnimationFrame(this.waiting),this.jobs.clear()}};var Lt=new Intl.NumberFormat("en-US",{maximumFractionDigits:0}),Gt=new Intl.NumberFormat("en-US",{notation:"compact",maximumSignificantDigits:3}),L=e=>Lt.format(
e),kt=e=>`${Lt.format(e)} ${e===1?"row":"rows"}`;function gt(e){if(!(e>0))return"0 %";let t=Number((100*e).toPrecision(2));return`${t>=10?(100*e).toFixed(1):t.toFixed(
Math.max(0,1-Math.floor(Math.log10(t))))} %`}function J(e,t=4){if(!Number.isFinite(e))return"–";let n=Math.abs(e);return n>=10**15||n<1e-4&&n>0?yt(e.toExponential(
Math.min(2,t-1))):n>=10**t?yt(Lt.format(e)):yt(String(Number(e.toPrecision(t))))}function Jt(e,t){let n=Math.max(0,Math.min(6,2-Math.floor(Math.log10(t))));return(e>
0?"+":"")+(t>=1e6?J(e,3):yt(e.toFixed(n)))}var yt=e=>e.replace("-","−");function Bt(e,t){let n=Math.abs(e);return n<t*1e-6?"0":n>=1e4&&t>=1?yt(n<1e5?Lt.format(
e):Gt.format(e)):n>=1e5?yt(Gt.format(e)):n<.001?yt(Number(e.toPrecision(3)).toExponential()):yt(e.toFixed(Math.max(0,Math.min(6,-Math.floor(Math.log10(t)+1e-9)))))}
var Mt=(e,t)=>e.length>t?`${e.slice(0,t-1)}…`:e;function Zt(e,t){let{spec:n,n:s}=e,o=c("span",{class:"pf",pyn:"flagged-count"}),i=c("span",{class:"pg",pyn:"flagged-share"}),r=Object.entries(n.detector.params??
{}).filter(([,a])=>a!=null).map(([a,l])=>`${a} = ${typeof l=="object"?JSON.stringify(l):l}`),h=()=>{let{k:a}=e.cut;C(o,L(a)),C(i,`of ${kt(s)} flagged · ${gt(a/
s)}`),o.classList.toggle("p1f",a===0)};return e.on("threshold",()=>t.ask(h)),h(),c("header",{class:"p10"},c("div",{class:"p1e"},c("h2",{class:"p2c",pyn:"title",
title:n.title},n.title),c("p",{class:"p28"},c("span",{class:"p27"},n.detector.title??n.detector.name),r.length?c("span",{class:"p1m",title:r.join(", ")},r.join(
" · ")):null)),c("p",{class:"ph"},o,i))}function Qt(e){let t=e.repairs??[],n=Object.entries(e.provenance??{});if(!t.length&&!n.length)return null;let s=i=>typeof i==
"string"?i:JSON.stringify(i),o=[t.length?`${t.length} ${t.length===1?"note":"notes"} on the data`:"",n.length?"provenance":""];return c("details",{class:"p1h",pyn:"\
notes"},c("summary",null,o.filter(Boolean).join(" · ").replace(/^p/,"P")),t.length?c("ul",null,t.map(i=>c("li",null,i))):null,n.length?c("dl",null,n.map(([i,r])=>c(
"div",null,c("dt",null,i.replaceAll("_"," ")),c("dd",null,s(r))))):null)}var ee=1e3,zt=864e5,De=[1,5,15,30,60,300,900,1800,3600,10800,21600,43200].map(e=>e*ee).concat([1,2,7,14].map(e=>e*zt)),Ie=[1,3,6,12,24,60,120,240,600,1200];function Re(e,t){
let n=e/Math.max(1,t),s=10**Math.floor(Math.log10(n));return s*[1,2,5,10].find(o=>o*s>=n*.999)}function Fe(e,t,n){let s=Re(t-e,n);if(!(s>0))return[];let o=Math.
ceil(e/s-1e-9),i=Math.floor(t/s+1e-9);return Array.from({length:i-o+1},(r,h)=>({v:(o+h)*s,text:Bt((o+h)*s,s)}))}function Pe(e,t){let n=[],s=Math.ceil(Math.log10(
Math.max(Math.abs(e),Math.abs(t),1e-12)));e<=0&&t>=0&&n.push(0);for(let o of[1,5,2])for(let i=s;i>s-9;i--)for(let r of[o*10**i,-o*10**i])r>=e&&r<=t&&n.push(r);return n.
map(o=>({v:o,text:Bt(o,10**Math.floor(Math.log10(Math.abs(o)||1)))}))}function _e(e,t,n){let s=(t-e)/Math.max(1,n),o=De.find(l=>l>=s),i=l=>new Date(l).toISOString();
if(o){let l=o>=zt?f=>i(f).slice(0,10):f=>f%zt?i(f).slice(11,o<60*ee?19:16):i(f).slice(5,10),p=Math.ceil(e/o);return Array.from({length:Math.floor(t/o)-p+1},(f,g)=>({
v:(p+g)*o,text:l((p+g)*o)}))}let r=Ie.find(l=>l*30.5*zt>=s)??2400,h=[],a=new Date(e);for(let l=Math.floor((a.getUTCFullYear()*12+a.getUTCMonth())/r)*r;;l+=r){let p=new Date(
0);if(p.setUTCFullYear(Math.floor(l/12),l%12,1),+p>t)return h;+p>=e&&h.push({v:+p,text:i(+p).slice(0,r>=12?4:7)})}}function te(e,t){let n=[];for(let s of e)n.every(
o=>Math.abs(o.u-s.u)>=t)&&n.push(s);return n}function St(e){if(e.kind==="category"){let p=e.labels??[],f=Math.max(1,p.length);return{of:b=>(b+.5)/f,back:b=>Math.
floor(b*f),tell:b=>p[Math.max(0,Math.min(f-1,Math.floor(b*f)))]??"",ticks:(b,M,z,k=12)=>te(p.map((O,q)=>({u:(q+.5)/f,text:Mt(O,k)})).filter(({u:O})=>O>=b&&O<=M),
(M-b)/Math.max(1,z*1.6)*.999)}}let[,t,n]=e.scale??[],s=n?p=>Math.asinh((p-t)/n):p=>p,o=n?p=>Math.sinh(p)*n+t:p=>p,i=s(e.min),r=s(e.max)-i||1,h=p=>(s(p)-i)/r,a=p=>o(
i+p*r),l=e.kind==="datetime";return{of:h,back:a,tell:l?p=>new Date(a(p)).toISOString().slice(0,16).replace("T"," "):p=>J(a(p)),ticks(p,f,g){let[b,M]=[a(p),a(f)];
if(!(M>b))return[];let k=(l?_e(b,M,g):n?Pe(b,M):Fe(b,M,g)).map(({v:O,text:q})=>({u:h(O),text:q}));return n?te(k,(f-p)/(g*1.5)):k}}}function Ot(e,t){let{scores:n,
n:s,min:o,max:i}=e,r=i>o?0:e.margin,h=g=>n[Math.min(s-1,Math.floor(g*s))]??0,[a,l]=[h(.5),h(.02)],p=s>20&&l>a&&i-o>12*(l-o),f={name:t,kind:"number",group:"score",
min:o-r,max:i+r};return p&&(f.scale=["asinh",o,(l-o)/2]),f}var Ct=132,se=24,mt=Ct-20,V=40,ne=10;function Be(e,t,n,s,o){let i=Math.max(20,Math.min(140,Math.floor(n/6))),r=new Array(i),h=0;for(let g=i-1;g>=0;g--){let b=g===
0?e.n:e.count(t.back(s+g/i*(o-s)));r[g]=b-h,h=b}let a=Math.max(1,...r),l=g=>Math.log1p(g)/Math.log1p(a)*(mt-se),p=n/i;return{path:r.map((g,b)=>g?`M${(b*p).toFixed(
2)} ${mt}v${-l(g).toFixed(2)}h${(p-1).toFixed(2)}V${mt}z`:"").join(""),most:a,tall:l}}function oe(e,t){let{spec:n,cuts:s,n:o}=e,i=Ot(s,n.score.label),r=St(i),h=-.02,
a=1.02,l=0,[p,f]=[_("path",{class:"p2"}),_("path",{class:"p3"})],g=_("svg",{x:V,y:0,height:Ct},p),b=_("svg",{y:0,height:Ct},f),M=_("g",{class:"pv"}),z=_("path",
{class:"p1b",d:"M-5 7L0 1L5 7Z"}),k=_("line",{class:"p17",y1:se-4,y2:mt}),O=_("svg",{class:"p29",height:Ct,"aria-hidden":"true"},M,g,b,k,z),q=c("span",{class:"p\
s","aria-hidden":"true"}),et=c("div",{class:"p23",role:"slider",tabindex:"0",pyn:"threshold-slider","aria-orientation":"horizontal","aria-label":"Threshold on t\
he anomaly score",keydown:pt,keyup:()=>X&&nt()},c("span",{class:"p15"}),q),rt=c("div",{class:"p12",pyn:"histogram",pointerdown:Q,pointermove:st,pointerup:ot,pointercancel:ot},
O,et),at=(w,v,P,K)=>{let tt=c("input",{class:"pp",type:"text",inputmode:"decimal",autocomplete:"off",spellcheck:"false",pyn:v,...P,change:()=>$t(tt,K),keydown:W=>W.
key==="Escape"&&u()});return[tt,c("label",{class:"p16"},c("span",null,w),tt)]},Z=w=>Number(w.replace(/[,\s%_]/g,"").replace("−","-")||NaN),[H,R]=at("Threshold",
"threshold-field",{},w=>s.from(w,!0)),[$,j]=at("Rows","rows-field",{},w=>s.near(w)),[Y,B]=at("Share, %","share-field",{},w=>s.near(w/100*o)),lt=c("button",{class:"\
pa",type:"button",pyn:"threshold-reset",click:()=>(e.move(e.start),e.commit())},"Reset"),U=c("p",{class:"p1g",pyn:"threshold-method"}),X=!1;function $t(w,v){let P=Z(
w.value),K=Number.isFinite(P)?v(P):null;if(!K){e.announce(`“${w.value}” is not a number.`),t.ask(u);return}e.move(K),e.commit(),t.ask(u)}function nt(){X=!1,
e.commit()}function pt(w){let{k:v}=e.cut,P=Math.max(1,Math.round(v*.2),Math.round(o*5e-4)),K={ArrowRight:()=>s.next(v-1,-1),ArrowUp:()=>s.next(v-1,-1),ArrowLeft:()=>s.
next(v+1,1),ArrowDown:()=>s.next(v+1,1),PageUp:()=>s.next(Math.max(0,v-P),-1),PageDown:()=>s.next(Math.min(o,v+P),1),Home:()=>s.near(o),End:()=>s.near(0)}[w.key];
!K||w.ctrlKey||w.metaKey||w.altKey||(w.preventDefault(),e.move(K()),X=w.repeat,X||e.commit())}let ht=w=>r.back(h+(w-V)/l*(a-h));function dt(w){let v=w.clientX-rt.
getBoundingClientRect().left;v<=V?e.move(s.near(o)):v>=V+l?e.move(s.near(0)):e.move(s.from(ht(v)))}function Q(w){w.button===0&&(w.preventDefault(),rt.setPointerCapture(
w.pointerId),et.focus({preventScroll:!0}),e.dragging=!0,dt(w))}function st(w){e.dragging&&dt(w)}function ot(){e.dragging&&(e.dragging=!1,e.commit())}let xt=w=>V+
Math.max(0,Math.min(1,(r.of(w)-h)/(a-h)))*l;function u(){let{t:w,k:v}=e.cut,P=xt(w);E(g,{width:Math.max(0,P-V)}),E(b,{x:P,width:Math.max(0,V+l-P),viewBox:null}),
E(f,{transform:`translate(${V-P} 0)`}),E(k,{x1:P,x2:P}),et.style.transform=`translateX(${P}px)`,C(q,J(w)),q.style.transform=`translateX(${Math.max(V-P,Math.min(
V+l-P,0))-0}px) translateX(${P>V+l/2?"calc(-100% - 6px)":"6px"})`,E(et,{"aria-valuemin":Math.min(s.min-s.margin,w),"aria-valuemax":Math.max(s.max+s.margin,w),"a\
ria-valuenow":w,"aria-valuetext":`threshold ${J(w)}, ${L(v)} of ${kt(o)} flagged, ${gt(v/o)}`}),H.value=J(w,6).replace("−","-"),$.value=L(v),Y.value=gt(v/o).replace(
" %","");let K=v!==e.start.k;lt.disabled=!K;let tt=n.threshold.method??"";C(U,K?`Moved by hand from ${J(e.start.t)}${tt?` (${tt})`:""}`:tt)}function y(){E(z,{transform:`\
translate(${o?xt(e.scores[e.shown]):-99} ${mt})`})}function A(){l=Math.max(60,rt.clientWidth-V-ne),E(O,{width:V+l+ne});let{path:w,most:v,tall:P}=Be(s,r,l,h,a);E(
p,{d:w}),E(f,{d:w});let K=[1,10,100,1e3,1e4,1e5,1e6,1e7].filter(W=>W<=v),tt=r.ticks(Math.max(h,0),Math.min(a,1),l/90);M.replaceChildren(...K.map(W=>_("g",{transform:`\
translate(0 ${mt-P(W)})`},_("line",{x1:V,x2:V+l}),_("text",{x:V-6,y:3.5,"text-anchor":"end"},W>=1e3?`${W>=1e6?`${W/1e6}M`:`${W/1e3}k`}`:String(W)))),_("line",{class:"\
p4",x1:V,x2:V+l,y1:mt+.5,y2:mt+.5}),...tt.map(({u:W,text:vt})=>_("text",{x:V+(W-h)/(a-h)*l,y:mt+16,"text-anchor":"middle"},vt))),u(),y()}return e.on("threshold",
()=>t.ask(u)),e.on("selected",()=>t.ask(y)),{element:c("section",{class:"p1z","aria-label":"Scores and threshold"},c("div",{class:"p1"},c("h3",null,n.score.label[0].
toUpperCase()+n.score.label.slice(1),c("small",null,`rows on a log scale${i.scale?", high scores drawn closer":""}`)),c("div",{class:"pq"},R,j,B,lt)),rt,U),resize:A}}var qt=8;function ie(e,t,n){let s=Math.max(...e.map(({part:h})=>Math.abs(h??0)),1e-300),i=(t?e:e.slice(0,qt)).map(({name:h,value:a,typical:l,part:p})=>{let f=c(
"span",{class:p>0?"pr p2h":"pr pj"});return f.style.width=`${Math.abs(p??0)/s*50}%`,c("li",{class:"p18",pyn:"contribution"},c("div",{class:"p2n"},c("span",{class:"\
pd",title:h},h),c("span",{class:"p2i",title:a},a===""?"(empty)":a??""),l?c("span",{class:"p2g"},`typical ${l}`):null),p==null?null:c("div",{class:"pl"},c("span",
{class:"p2f","aria-hidden":"true"},f),c("span",{class:"p1n","data-sign":String(Math.sign(p))},Jt(p,s),c("span",{class:"p11"},p>0?" raises the score":p<0?" lower\
s the score":" no effect"))))}),r=e.length>qt?c("button",{class:"pa",type:"button",pyn:"show-all","aria-expanded":String(t),click:n},t?`Show the first ${qt}`:`S\
how all ${e.length} columns`):null;return[c("ul",{class:"p19"},i),r]}var qe=[["anomaly","Anomaly"],["normal","Normal"],["unsure","Unsure"]];function re(e,t){let n=qe.map(([g,b])=>c("button",{class:"p2j",type:"button","data-verdic\
t":g,pyn:`verdict-${g}`,"aria-pressed":"false",click:()=>h(g)},b)),s=c("input",{class:"pp pe",type:"text",pyn:"note","aria-label":"Note on this row",change:a}),
o=c("button",{class:"pa",type:"button",pyn:"download-verdicts",click:p}),i=c("div",{class:"p14",role:"group","aria-label":"Your verdict"},c("div",{class:"p2k"},
n),s,o),r=e.shown;function h(g){let b=e.verdict(r);e.judge(r,b?.verdict===g?null:g,s.value)}function a(){let g=e.verdict(r);g&&g.note!==s.value&&e.judge(r,g.verdict,
s.value)}function l(){let{spec:g}=e,b=new Map(Array.from(e.positions??[],(z,k)=>[String(z),k]));for(let[z,{row:k}]of e.known)b.set(String(k),z);let M=Object.entries(
e.verdicts).map(([z,k])=>{let O=b.get(z);return[z,O===void 0?k:{...k,id:e.row(O).id,score:e.scores[O],rank:O}]});return{schema:1,title:g.title,detector:g.detector.
name,n:e.n,threshold:e.cut.t,flagged:e.cut.k,made:new Date().toISOString(),verdicts:Object.fromEntries(M)}}function p(){let g=URL.createObjectURL(new Blob([JSON.
stringify(l(),null,2)],{type:"application/json"}));c("a",{href:g,download:e.spec.verdict_file??"verdicts.json"}).click(),setTimeout(()=>URL.revokeObjectURL(g),1e4)}
function f(){r!==e.shown&&s.matches(":focus")&&a(),r=e.shown;let g=e.verdict(r),b=e.n>0&&e.row(r).row!=null;for(let z of n)E(z,{"aria-pressed":String(z.dataset.
verdict===g?.verdict)}),z.disabled=!b;s.disabled=!g,s.value=g?.note??"",E(s,{placeholder:g?"Note":b?"Give a verdict, then a note":"This row cannot be judged her\
e"});let M=Object.keys(e.verdicts).length;C(o,M?`Download ${M} ${M===1?"verdict":"verdicts"}`:"Download verdicts"),o.disabled=!M}return{element:i,draw:f}}function ae(e,t,n,s){let{spec:o}=e,i=!1,r=-1,h="",a=c("h3",{class:"p1x",tabindex:"-1",pyn:"panel-title"}),l=c("p",{class:"pn",pyn:"panel-facts"}),p=c("span",{class:"\
pc"}),[f,g,b]=[c("span",{class:"p27"}),c("span"),c("span")];l.append(p,b,f,g);let M=c("div",{class:"p2o",pyn:"contributions"}),z=c("p",{class:"p1g",pyn:"rule"}),
k=re(e,t),O=($,j,Y,B)=>c("button",{class:"p2d",type:"button","aria-label":j,title:j,pyn:Y,click:()=>s(B)},$),q=c("section",{class:"p1k","aria-label":"Chosen row",
pyn:"panel"},c("div",{class:"p1"},a,c("div",{class:"p2e"},O("‹","Previous row","previous-row",-1),O("›","Next row","next-row",1))),l,M,z,k.element);function et(){
if(!e.n)return;let $=e.shown,{id:j}=e.row($),Y=e.p($),B=e.severity($),lt=j==null?`Row of rank ${L($+1)}`:`Row ${j}`;C(a,lt),E(a,{title:lt}),C(p,B),E(p,{"data-le\
vel":B});let U=e.flagged($);C(b,U?"flagged":"not flagged"),E(b,{class:U?"pt":"p1d"}),C(f,`score ${J(e.scores[$])}`),C(g,`${L($+1)}${Ke($+1)} of ${L(e.n)}${Y==null?
"":` · top ${gt(Y)}`}`),E(q,{"data-rank":$})}function rt($,j){let Y=new Map((j?o.explained?.columns??[]:[]).map((U,X)=>[U,j.values[X]])),B=o.columns.map((U,X)=>({
name:U.name,value:$.cells?.[X],typical:U.typical,part:Y.get(U.name)}));if(j)return B.filter(({part:U})=>U!=null).sort((U,X)=>Math.abs(X.part)-Math.abs(U.part));
if($.cells)return B;let lt=new Map(o.columns.map(U=>[U.name,U.typical]));return n.tell($.rank).map(([U,X])=>({name:U,value:X,typical:lt.get(U)}))}function at($,j){
if(h)return h;if(!j&&o.explained&&o.live)return"Asking Python for the explanation …";if(!$.cells)return`Only the ${L(o.rows?.count??0)} highest scores travel \
with all their values; these are read from the plot.`;if(!j&&o.explained)return`Explanations travel with the ${L(o.explained.count)} highest scores.`;if(!j)return"\
No explanation came with this view; the values stand against what is typical.";let Y=j.base==null?"":` · base ${J(j.base)}`;return`${[j.rule,j.method].filter(Boolean).
join(" · ")}${Y}${j.unit?` · in ${j.unit}`:""}`}function Z(){if(!e.n)return;let $=e.row(e.shown),j=e.explanation(e.shown);M.replaceChildren(...ie(rt($,j),i,()=>{
i=!i,Z(),M.querySelector("[data-pyn=show-all]")?.focus()}).filter(Boolean)),E(M,{"aria-busy":!j&&o.explained&&o.live&&!h?"true":null}),C(z,at($,j))}async function H(){
let $=e.shown;if(!o.live||r===$||!e.n)return;let j=!e.row($).cells,Y=o.explained&&!e.explanation($);if(!(!j&&!Y)){r=$;try{Y?await e.fetchExplanation($):await e.
fetchRows($,$+1)}catch(B){B.message!=="superseded"&&e.shown===$&&(h=B.message)}r===$&&(r=-1),e.shown===$&&t.ask(R)}}function R(){et(),Z(),k.draw()}return e.on("\
threshold",()=>t.ask(et)),e.on("selected",()=>{h="",t.ask(R),H()}),e.on("verdicts",()=>t.ask(k.draw)),e.on("rows",()=>t.ask(R)),R(),H(),{element:q,open:()=>a.focus()}}
function Ke(e){let[t,n]=[e%100,e%10];return t>10&&t<14?"th":["th","st","nd","rd"][n]??"th"}var Ve=65535,le=65534,ut=-1,Ye=e=>(Math.imul(e+1,2654435761)>>>8&65535)/65536-.5,Ut=class{constructor(t){let{spec:n,buffers:s,n:o}=t;this.store=t,this.ranks=s.get(
"point_rank");let{exact:i=o,sample:r=0,of:h=o}=n.points??{};this.exact=i,this.sample=this.ranks?r:0,this.of=h,this.count=this.ranks?this.ranks.length:Math.min(o,
i),this.stands=this.sample?Math.max(1,Math.round((h-i)/r)):1,this.score=Ot(t.cuts,n.score.label),this.loaded=new Map;let a=(n.axes??[]).map((l,p)=>({axis:l,i:p})).
filter(({axis:l})=>l.buffer!=null||n.live);this.choices=[...a,{axis:this.score,i:ut}]}weight=t=>t<this.exact?1:this.stands;rank(t){return this.ranks?this.ranks[t]:
t}below(t){if(!this.ranks)return Math.min(t,this.count);let n=0,s=this.count;for(;n<s;){let o=n+s>>>1;this.ranks[o]<t?n=o+1:s=o}return n}pointOf(t){let n=this.below(
t);return n<this.count&&this.rank(n)===t?n:-1}axis(t){return t===ut?this.score:this.store.spec.axes[t]}on(t){if(this.loaded.has(t))return this.loaded.get(t);let n=this.
axis(t),s=t===ut?null:this.store.buffers.get(n.buffer);if(t!==ut&&!s)return null;let o=t===ut?this.ofScores():this.ofCodes(n,s),i={axis:n,at:o,scale:St(n),missing:o.
some(Number.isNaN)};return this.loaded.set(t,i),i}ofScores(){let{of:t}=St(this.score);return Float32Array.from({length:this.count},(n,s)=>t(this.store.scores[this.
rank(s)]))}ofCodes(t,n){let s=new Float32Array(n.length),o=t.kind==="category"?Math.max(1,t.labels?.length??1):0;for(let i=0;i<s.length;i++){let r=n[i];r===Ve?s[i]=
NaN:o?s[i]=(Math.round(r/le*(o-1))+.5+.7*Ye(i))/o:s[i]=r/le}return s}async fetch(t){let{b64:n}=await this.store.link.ask("axis",{axis:t}),s=new Uint16Array(Ht(n).
buffer),o=this.axis(t),i=this.ofCodes(o,s);this.loaded.set(t,{axis:o,at:i,scale:St(o),missing:i.some(Number.isNaN)})}tell(t){let n=this.pointOf(t);return n<0?[]:
this.choices.filter(({i:o})=>o!==ut&&this.on(o)).map(({axis:o,i})=>{let r=this.on(i).at[n];return[o.name,Number.isNaN(r)?"missing":this.on(i).scale.tell(r)]})}};function ce(e,t){let n=Math.ceil(e),s=[];for(let o=-n;o<=n;o++)for(let i=-n;i<=n;i++){let r=Math.round(8*Math.max(0,Math.min(1,e+.5-Math.hypot(i,o))));r&&s.push(
[o*t+i,r])}return{at:Int32Array.from(s,o=>o[0]),add:Int32Array.from(s,o=>o[1])}}function Xe(e,t){let n=new Uint8Array(16384),s=47;for(let o=1;o<16384;o++){let i=o<=
8?e*o/8:e+(1-e)*Math.min(1,Math.log(o/8)/Math.log(Math.max(2,t/8)));n[o]=Math.max(1,Math.round(i*s))}return n}var Dt=class{constructor(t){this.canvas=t,this.context=
t.getContext("2d"),this.red=[213,94,0],this.blue=[0,114,178]}resize(t,n){this.canvas.width=this.width=t,this.canvas.height=this.height=n,this.image=this.context.
createImageData(t,n),this.pixels=new Uint32Array(this.image.data.buffer),this.shown=-1}colours(t,n){this.blue=t,this.red=n,this.mix=null}place(t,n,s,o){let{width:i,
height:r}=this;this.rim=Math.ceil(5*o),this.stride=i+2*this.rim;let h=this.stride*(r+2*this.rim);this.low?.length===h?[this.low,this.high].forEach(f=>f.fill(0)):
[this.low,this.high]=[new Int32Array(h),new Int32Array(h)];let a=t.length;this.at?.length!==a&&(this.at=new Int32Array(a));let l=0;for(let f=0;f<a;f++){let g=Math.
round(t[f]),b=Math.round(n[f]),M=g>=0&&g<i&&b>=0&&b<r;this.at[f]=M?(b+this.rim)*this.stride+g+this.rim:-1,M&&l++}this.weight=s,this.ratio=o;let p=Math.sqrt(i*r*
.02/Math.max(1,l))/Math.PI;this.radius=Math.max(.9*o,Math.min(3.2*o,p*2)),this.lowDisc=ce(this.radius,this.stride),this.shown=-1}splat(t,{at:n,add:s},o,i,r){let{
at:h,weight:a}=this;for(let l=o;l<i;l++){let p=h[l];if(p<0)continue;let f=r*a(l);for(let g=0;g<n.length;g++)t[p+n[g]]+=s[g]*f}}draw(t){let{at:n,ratio:s}=this,o=Math.
max(this.radius,(t<300?3:t<3e3?2.3:t<2e4?1.6:1)*s);this.shown<0||o!==this.highRadius?(this.highDisc=ce(o,this.stride),this.highRadius=o,this.high.fill(0),this.splat(
this.high,this.highDisc,0,t,1),this.shown<0?(this.splat(this.low,this.lowDisc,0,n.length,1),this.lowTable=this.tone(this.low),this.splat(this.low,this.lowDisc,0,
t,-1)):this.carry(this.low,this.lowDisc,t,-1)):(this.carry(this.low,this.lowDisc,t,-1),this.carry(this.high,this.highDisc,t,1)),this.shown=t,this.highTable=this.
tone(this.high),this.paint()}carry(t,n,s,o){s>this.shown?this.splat(t,n,this.shown,s,o):this.splat(t,n,s,this.shown,-o)}tone(t){let n=0,s=0,o=8;for(let r=0;r<t.
length;r++){let h=t[r];h!==0&&(n+=h,s++,h>o&&(o=h))}let i=s?n/s/8:1;return Xe(Math.max(.28,Math.min(.85,.9/Math.sqrt(Math.max(1,i)))),o)}mixes(){let t=new Uint32Array(
2304);for(let n=0;n<48;n++)for(let s=0;s<48;s++){let[o,i]=[n/47*.92,s/47],r=i+o*(1-i),h=a=>Math.round(r?(this.red[a]*i+this.blue[a]*o*(1-i))/r:0);t[n*48+s]=(Math.
round(r*255)<<24|h(2)<<16|h(1)<<8|h(0))>>>0}return t}paint(){let{low:t,high:n,lowTable:s,highTable:o,pixels:i,width:r,height:h,stride:a,rim:l}=this;this.mix??=this.
mixes();let{mix:p}=this,f=16383;for(let g=0,b=0;g<h;g++)for(let M=0,z=(g+l)*a+l;M<r;M++,z++,b++){let k=t[z],O=n[z];i[b]=k|O?p[s[k>f?f:k]*48+o[O>f?f:O]]:0}this.context.
putImageData(this.image,0,0)}};var pe=34028234663852886e22;function he(e,t){let n=0,s=e.length;for(;n<s;){let o=n+s>>>1;t(e[o])?n=o+1:s=o}return n}function de(e,t,n){let s=o=>Math.fround(o)>e&&
Math.fround(o)<t;for(let o=2;o<=17;o++){let i=Number(n.toPrecision(o));if(s(i))return i}return null}var It=class{constructor(t){this.scores=t,this.n=t.length,this.
max=this.n?t[0]:1,this.min=this.n?t[this.n-1]:0,this.margin=(this.max-this.min)*.02||Math.abs(this.max)*.05||.5}count(t){let n=Math.fround(t);return he(this.scores,
s=>s>n)}ties(t){let n=this.scores[t];return he(this.scores,s=>s>=n)}gap(t){return[t<this.n?this.scores[t]:-pe,t>0?this.scores[t-1]:pe]}at(t,n){let[s,o]=this.gap(
t),i=t===0?s+this.margin:t===this.n?o-this.margin:(s+o)/2,r=n!==void 0&&Math.fround(n)>s&&Math.fround(n)<o;return de(s,o,r?n:i)??de(s,o,i)}next(t,n){for(let s=t;s>=
0&&s<=this.n;s+=n){let[o,i]=this.gap(s);if(s>0&&s<this.n&&o===i)continue;let r=this.at(s);if(r!==null)return{k:s,t:r}}return null}near(t){let n=Math.max(0,Math.
min(this.n,Math.round(t))),[s,o]=[this.next(n,1),this.next(n,-1)];return!s||!o?s??o:s.k-n<n-o.k?s:o}from(t,n=!1){let s=this.count(t),[o,i]=this.gap(s);if(n&&Math.
fround(t)>o&&Math.fround(t)<i)return{k:s,t};let r=this.at(s,t);return r===null?this.near(s):{k:s,t:r}}};var Rt=class{constructor(t,n){this.model=t,this.live=n,this.id=Math.floor(Math.random()*1e9),this.queue=[],this.open=null,this.hear=()=>this.answer(t.get("reply")),
n&&t.on("change:reply",this.hear)}ask(t,n){return this.live?new Promise((s,o)=>{this.queue=this.queue.filter(i=>i.kind!==t||(i.reject(new Error("superseded")),!1)),
this.queue.push({kind:t,what:n,resolve:s,reject:o}),this.next()}):Promise.reject(new Error("This page has no kernel to ask."))}next(){this.open||!this.queue.length||
(this.open=this.queue.shift(),this.open.id=++this.id,this.timer=setTimeout(()=>this.close(t=>t.reject(new Error("No answer came from Python. Is the kernel runni\
ng?"))),6e4),this.model.set("request",{id:this.open.id,kind:this.open.kind,...this.open.what}),this.model.save_changes())}answer(t){!this.open||t?.id!==this.open.
id||this.close(n=>t.error?n.reject(new Error(t.error)):n.resolve(t))}close(t){clearTimeout(this.timer);let{open:n}=this;this.open=null,t(n),this.next()}stop(){clearTimeout(
this.timer),this.queue=[],this.open=null,this.live&&this.model.off("change:reply",this.hear)}};var Tt=5e3,He=(e,t)=>e.length===t.length&&e.every((n,s)=>n===t[s]),Ft=class{constructor(t,n,s){this.spec=t,this.buffers=n,this.model=s,this.link=new Rt(s,t.live),
this.listeners=new Map,this.cuts=new It(n.get("scores")??new Float32Array(0)),this.n=this.cuts.n,this.scores=this.cuts.scores,this.positions=n.get(t.rows?.row),
this.known=new Map,this.explanations=new Map,this.verdicts=s.get("verdicts")??{},this.selected=this.valid(s.get("selected")),this.dragging=!1,this.start=this.read(
t.threshold.value);let o=s.get("threshold");this.cut=o==null?this.start:this.read(o),this.stops=[this.hear("threshold",()=>!this.dragging&&this.move(this.read(s.
get("threshold")))),this.hear("selected",()=>this.choose(s.get("selected"),!1)),this.hear("verdicts",()=>this.judged(s.get("verdicts")??{}))]}hear(t,n){return this.
model.on(`change:${t}`,n),()=>this.model.off(`change:${t}`,n)}stop(){this.stops.forEach(t=>t()),this.link.stop()}on(t,n){this.listeners.set(t,[...this.listeners.
get(t)??[],n])}tell(t,n){for(let s of this.listeners.get(t)??[])s(n)}send(t,n){this.model.set(t,n),this.model.save_changes()}read(t){let{value:n,flagged:s}=this.
spec.threshold;return{t,k:t===n&&s!=null?s:this.cuts.count(t)}}move(t){!t||!Number.isFinite(t.t)||t.k===this.cut.k&&t.t===this.cut.t||(this.cut=t,this.tell("thr\
eshold"))}commit(){this.model.get("threshold")!==this.cut.t&&this.send("threshold",this.cut.t),this.announce(this.spoken())}announce(t){this.tell("say",t)}spoken(){
return`${this.cut.k.toLocaleString("en-US")} of ${kt(this.n)} flagged, ${gt(this.cut.k/this.n)}`}flagged(t){return t<this.cut.k}get shown(){return this.selected[0]??
0}valid(t){return[...t??[]].filter(n=>Number.isInteger(n)&&n>=0&&n<this.n)}choose(t,n=!0){let s=this.valid(t).slice(0,Tt);if(He(s,this.selected)||(this.selected=
s,this.tell("selected"),!n))return;if(this.send("selected",s),!s.length)return this.announce("Nothing selected");let o=this.row(s[0]),i=this.flagged(o.rank)?"fl\
agged":"not flagged";this.announce(s.length>1?`${kt(s.length)} selected`:`Row ${o.id??`of rank ${o.rank+1}`} selected, ${this.severity(o.rank)}, ${i}`)}row(t){let{
rows:n}=this.spec;return!n||t>=n.count?this.known.get(t)??{rank:t}:{rank:t,row:this.positions?.[t],id:n.ids[t],cells:n.cells.map(s=>s[t])}}p(t){return this.spec.
severity_at?null:this.cuts.ties(t)/(this.n+1)}severity(t){let{severity:n,severity_at:s}=this.spec;if(s)return(s.find(([,i])=>t<i)??s.at(-1)??[""])[0];let o=this.
p(t);return(n.find(([,i])=>o<=i)??n.at(-1)??[""])[0]}verdict(t){let{row:n}=this.row(t);return n==null?null:this.verdicts[n]??null}judge(t,n,s=""){let{row:o}=this.
row(t);if(o==null)return;let{[o]:i,...r}=this.verdicts;if(!n&&!i)return;let h=n?{...r,[o]:{verdict:n,note:s,at:new Date().toISOString()}}:r;this.judged(h),this.
send("verdicts",h),n!==i?.verdict&&this.announce(n?`Verdict: ${n}`:"Verdict taken back")}judged(t){t!==this.verdicts&&(this.verdicts=t,this.tell("verdicts"))}async fetchRows(t,n){
let s=await this.link.ask("rows",{ranks:[t,n]});s.rows.forEach((o,i)=>{let r=s.from+i;this.known.set(r,{rank:r,row:o,id:s.ids[i],cells:s.cells.map(h=>h[i])})}),
this.tell("rows")}explanation(t){let{explained:n}=this.spec,s=n&&this.buffers.get(n.values);if(!s||t>=n.count)return this.explanations.get(t)??null;let o=n.columns.
length;return{...n,values:s.subarray(t*o,(t+1)*o)}}async fetchExplanation(t){let n=await this.link.ask("explain",{rank:t});this.explanations.set(t,{...this.spec.
explained,...n}),this.known.set(t,{rank:t,row:n.row,id:n.rowid,cells:n.cells}),this.tell("explained",t)}};var ft=58,ue=24,fe=16,ge=14,At={x0:-.03,x1:1.03,y0:-.03,y1:1.03};function me(e,t){let n=new Ut(e),s=n.choices.map(({i:d})=>d),o=(d,m)=>s.includes(d)?d:s.find(x=>x!==
m)??ut,[i,r]=e.spec.axes_start?.length?e.spec.axes_start:[0,1],h={x:o(i,ut),y:ut};h.y=r!==i&&s.includes(r)?r:o(NaN,h.x);let a={...At},l={width:0,height:0,ratio:1},
p=null,f=null,g="box",b=!0,M="#000",z="#fff",k=c("canvas",{class:"pb","aria-hidden":"true",pyn:"scatter-canvas"}),O=c("canvas",{class:"pb","aria-hidden":"true"}),
q=new Dt(k),et=_("svg",{class:"p29 p0","aria-hidden":"true"}),rt=_("g"),at=_("rect",{class:"p9"});et.append(rt,at);let Z=c("div",{class:"p2b","aria-hidden":"tru\
e"}),H=c("p",{class:"p2l",hidden:!0}),R=c("div",{class:"p1p",tabindex:"0",role:"group",pyn:"scatter","aria-roledescription":"scatter plot",keydown:$e,pointerdown:K,
pointermove:tt,pointerup:W,pointercancel:()=>(f=null,t.ask(w)),pointerleave:()=>Z.classList.remove("p1i"),dblclick:()=>pt({...At})},k,O,et,Z,H);R.addEventListener(
"wheel",Me,{passive:!1});let $=(d,m)=>{let N=[["score","Score"],["projection","Projections"],["column","Columns"]].map(([D,S])=>{let it=n.choices.filter(({axis:G})=>(G.
group??"column")===D);return it.length?c("optgroup",{label:S},it.map(({axis:G,i:ct})=>c("option",{value:String(ct),selected:ct===h[d]},G.name))):null}),F=c("sel\
ect",{class:"p21",pyn:`axis-${d}`,"aria-label":m,change:()=>nt(d,Number(F.value))},N.reverse());return F},j=$("x","Horizontal axis"),Y=$("y","Vertical axis"),B=(d,m,x,N,F)=>c(
"button",{class:"p2d",type:"button",title:m,"aria-label":m,pyn:x,click:N,"aria-pressed":F},d),lt=B("▭","Drag to select","mode-box",()=>$t("box"),"true"),U=B("\
✥","Drag to move","mode-pan",()=>$t("pan"),"false"),X=c("p",{class:"p1g",pyn:"scatter-note"});function $t(d){g=d,E(lt,{"aria-pressed":String(g==="box")}),E(U,
{"aria-pressed":String(g==="pan")}),R.classList.toggle("p1l",g==="pan")}async function nt(d,m){if(h[d]=m,!n.on(m)){C(H,`Fetching ${n.axis(m).name} …`),H.hidden=
!1;try{await n.fetch(m)}catch(x){h[d]===m&&x.message!=="superseded"&&C(H,x.message);return}}H.hidden=!!(n.on(h.x)&&n.on(h.y)),pt({...At})}function pt(d){let m=Math.
min(1.2,d.x1-d.x0),x=Math.min(1.2,d.y1-d.y0);if(m<1e-4||x<1e-4)return;let N=Math.max(0,Math.min(1,(d.x0+d.x1)/2)),F=Math.max(0,Math.min(1,(d.y0+d.y1)/2));Object.
assign(a,{x0:N-m/2,x1:N+m/2,y0:F-x/2,y1:F+x/2}),b=!0,t.ask(y)}function ht(d,m=.5,x=.5){let[N,F]=[a.x0+m*(a.x1-a.x0),a.y0+x*(a.y1-a.y0)];pt({x0:N-(N-a.x0)*d,x1:N+
(a.x1-N)*d,y0:F-(F-a.y0)*d,y1:F+(a.y1-F)*d})}function dt(d,m){let[x,N]=[d*(a.x1-a.x0),m*(a.y1-a.y0)];pt({x0:a.x0+x,x1:a.x1+x,y0:a.y0+N,y1:a.y1+N})}function Q(){
let d=n.on(h.x)?.missing?fe:0,m=n.on(h.y)?.missing?fe:0;return{gx:d,gy:m,x:ft+d,y:4,width:l.width-ft-d-4,height:l.height-ue-m-4}}let st=new Float32Array(n.count),
ot=new Float32Array(n.count),xt=-1e9;function u(){let[d,m]=[n.on(h.x),n.on(h.y)],x=Q(),[N,F]=[x.width/(a.x1-a.x0),x.height/(a.y1-a.y0)];for(let S=0;S<n.count;S++){
let[it,G]=[d.at[S],m.at[S]],ct=it>=a.x0&&it<=a.x1,wt=G>=a.y0&&G<=a.y1;st[S]=ct?x.x+(it-a.x0)*N:it!==it?ft+5:xt,ot[S]=wt?x.y+x.height-(G-a.y0)*F:G!==G?x.y+x.height+
x.gy-5:xt}let{ratio:D}=l;q.place(st.map(S=>S*D),ot.map(S=>S*D),n.weight,D)}function y(){n.on(h.x)&&n.on(h.y)&&l.width>0&&(b&&(u(),A(),b=!1,t.ask(T)),q.draw(n.below(
e.cut.k)))}function A(){let[d,m]=[n.on(h.x),n.on(h.y)],x=Q(),N=I=>x.x+(I-a.x0)/(a.x1-a.x0)*x.width,F=I=>x.y+x.height-(I-a.y0)/(a.y1-a.y0)*x.height,D=l.height-ue,
S=(I,Ae,je,Ne)=>_("text",{x:I,y:Ae,"text-anchor":je},Ne),it=d.scale.ticks(a.x0,a.x1,x.width/90,Math.floor(x.width/60)).filter(({u:I})=>I>=a.x0&&I<=a.x1),G=m.scale.
ticks(a.y0,a.y1,x.height/60,8).filter(({u:I})=>I>=a.y0&&I<=a.y1);rt.replaceChildren(...it.map(I=>_("line",{class:"px",x1:N(I.u),x2:N(I.u),y1:x.y,y2:D})),...G.map(
I=>_("line",{class:"px",x1:ft,x2:l.width-4,y1:F(I.u),y2:F(I.u)})),_("path",{class:"p4",d:`M${ft} ${x.y}V${D}H${l.width-4}`}),...x.gx?[_("line",{class:"py",x1:x.
x-4,x2:x.x-4,y1:x.y,y2:D}),S(ft+5,D+15,"middle","∅")]:[],...x.gy?[_("line",{class:"py",x1:ft,x2:l.width-4,y1:D-x.gy+4,y2:D-x.gy+4}),S(ft-6,D-2,"end","missing")]:
[],...it.map(I=>S(Math.min(l.width-14,Math.max(ft+10,N(I.u))),D+16,"middle",I.text)),...G.map(I=>S(ft-6,F(I.u)+3.5,"end",Mt(I.text,9)))),E(R,{"aria-label":`${m.
axis.name} against ${d.axis.name}. Arrow keys move, plus and minus zoom, 0 shows all, Escape clears the selection. The table below holds the same rows.`});let ct=[
d,m].filter(I=>I.axis.scale).map(I=>I.axis.name),wt=n.sample?[`The ${L(n.exact)} highest scores one by one; ${L(n.sample)} of the other ${L(n.of-n.exact)} rows \
stand for all of them.`]:n.count<n.of?[`The ${L(n.count)} highest scores of ${L(n.of)}.`]:[];ct.length&&wt.push(`${ct.join(" and ")} on a symlog scale.`),(x.gx||
x.gy)&&wt.push("Missing values lie at the rim."),C(X,wt.join(" "))}function T(){let d=O.getContext("2d");d.setTransform(l.ratio,0,0,l.ratio,0,0),d.clearRect(0,0,
l.width,l.height);let m=(x,N,F,D)=>{let S=n.pointOf(x);S<0||st[S]===xt||ot[S]===xt||(d.beginPath(),d.arc(st[S],ot[S],N,0,7),d.lineWidth=F,d.strokeStyle=D,d.stroke())};
for(let x=e.selected.length-1;x>0;x--)m(e.selected[x],4,1,M);m(e.shown,7,4.5,z),m(e.shown,7,2,M)}function w(){let d=f?.box&&p;E(at,d?{x:Math.min(p.x0,p.x1),y:Math.
min(p.y0,p.y1),width:Math.abs(p.x1-p.x0),height:Math.abs(p.y1-p.y0)}:{width:0,height:0})}let v=d=>{let m=R.getBoundingClientRect();return{x:d.clientX-m.left,y:d.
clientY-m.top}};function P({x:d,y:m}){let x=n.below(e.cut.k),N=-1,F=ge*ge;for(let D=0;D<n.count;D++){let S=(st[D]-d)**2+(ot[D]-m)**2+(D<x?0:9);S<F&&([N,F]=[D,S])}
return N}function K(d){if(d.button!==0)return;let m=v(d);R.focus({preventScroll:!0}),R.setPointerCapture(d.pointerId),f={at:m,last:m,box:g==="box"!==d.shiftKey,
moved:!1},d.preventDefault()}function tt(d){let m=v(d);if(!f)return t.ask(()=>Et(m));if(Math.hypot(m.x-f.at.x,m.y-f.at.y)>4&&(f.moved=!0),!!f.moved)if(Z.classList.
remove("p1i"),f.box)p={x0:f.at.x,y0:f.at.y,x1:m.x,y1:m.y},t.ask(w);else{let x=Q();dt((f.last.x-m.x)/x.width,(m.y-f.last.y)/x.height),f.last=m}}function W(d){let m=f;
if(f=null,t.ask(w),!m)return;if(m.moved&&m.box)return vt();if(m.moved)return;let x=P(v(d));e.choose(x<0?[]:[n.rank(x)])}function vt(){let[d,m]=[Math.min(p.x0,p.
x1),Math.max(p.x0,p.x1)],[x,N]=[Math.min(p.y0,p.y1),Math.max(p.y0,p.y1)],F=[],D=0;for(let S=0;S<n.count;S++)st[S]<d||st[S]>m||ot[S]<x||ot[S]>N||D++<Tt&&F.push(n.
rank(S));e.choose(F),D>Tt&&e.announce(`${L(D)} points in the box; the ${L(Tt)} with the highest scores are selected.`)}function Et(d){let m=l.width?P(d):-1;if(Z.
classList.toggle("p1i",m>=0),m<0)return;let x=n.rank(m),{id:N}=e.row(x),[F,D]=[n.on(h.x),n.on(h.y)],S=({axis:ct,at:wt,scale:I})=>`${Mt(ct.name,24)}  ${Number.isNaN(
wt[m])?"missing":Mt(I.tell(wt[m]),24)}`,it=[N==null?`Rank ${L(x+1)}`:`Row ${Mt(N,24)}`,S(F),S(D),`score  ${J(e.scores[x])}`];Z.replaceChildren(...it.map(ct=>c("\
div",null,ct)));let G=st[m]>l.width/2;Z.style.transform=`translate(${st[m]+(G?-14:14)}px, ${Math.min(ot[m],l.height-90)}px) translateX(${G?"-100%":"0"})`}function Me(d){
if(!(R.getRootNode().activeElement===R)&&!d.ctrlKey&&!d.metaKey)return;d.preventDefault();let[x,N]=[Q(),v(d)];ht(Math.exp(Math.max(-60,Math.min(60,d.deltaY))*.004),
(N.x-x.x)/x.width,1-(N.y-x.y)/x.height)}function $e(d){let m={ArrowLeft:()=>dt(-.1,0),ArrowRight:()=>dt(.1,0),ArrowUp:()=>dt(0,.1),ArrowDown:()=>dt(0,-.1),"+":()=>ht(
.75),"=":()=>ht(.75),"-":()=>ht(1.3333333333333333),0:()=>pt({...At}),Escape:()=>e.choose([])}[d.key];!m||d.ctrlKey||d.metaKey||d.altKey||(d.preventDefault(),m())}
function Se(){if(l.width=R.clientWidth,l.height=R.clientHeight,!l.width||!l.height)return;l.ratio=Math.min(2,window.devicePixelRatio||1);let[d,m]=[Math.round(l.
width*l.ratio),Math.round(l.height*l.ratio)];q.resize(d,m),O.width=d,O.height=m,E(et,{width:l.width,height:l.height}),b=!0,y(),T()}function Ee(d){q.colours(d("-\
-p7").split(",").map(Number),d("--p1r").split(",").map(Number)),M=d("--p13"),z=d("--p5"),l.width&&(y(),T())}e.on("threshold",()=>t.ask(y)),e.on("selected",()=>t.
ask(T));let Te=c("section",{class:"p1a","aria-label":"Scatter plot"},c("div",{class:"p1"},c("h3",{class:"p1j"},Y,c("small",null,"against"),j),c("div",{class:"p2\
e",role:"group","aria-label":"Tools of the scatter plot"},lt,U,B("+","Zoom in","zoom-in",()=>ht(.7)),B("−","Zoom out","zoom-out",()=>ht(1/.7)),B("⤢","Show a\
ll","zoom-reset",()=>pt({...At})))),R,X);if(![h.x,h.y].every(d=>n.on(d)))for(let d of["x","y"])n.on(h[d])||nt(d,h[d]);return{element:Te,resize:Se,recolour:Ee,points:n}}var Kt=':host{all:initial;display:block}*{box-sizing:border-box;margin:0;padding:0;font:inherit;color:inherit;letter-spacing:inherit}[hidden]{display:none!impor\
tant}.p1v{--p5: #fff;--p13: #1c2127;--p24: #5a636e;--p17: #dfe3e8;--po: #eef0f3;--p2m: #f5f7f9;--p1o: #e6f1f8;--p6: #0072b2;--p1q: #d55e00;--p8: #00639b;--p1s: \
#b24a00;--p7: 0,114,178;--p1r: 213,94,0;--p1t: #fdf0e6;--p25: #0069a6;--p1i: #fff;--pk: #8a939d;container-type:inline-size;position:relative;padding:4px;backgro\
und:var(--p5);color:var(--p13);font:13px/1.4 system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Noto Sans,Liberation Sans,Arial,sans-serif;font-variant-nume\
ric:tabular-nums;text-align:left;-webkit-font-smoothing:antialiased}.p1v.pi{--p5: #14171b;--p13: #e4e7eb;--p24: #a0a9b4;--p17: #343b44;--po: #262b32;--p2m: #1d2\
126;--p1o: #1c3445;--p6: #4aa8e0;--p1q: #f58442;--p8: #6bbcec;--p1s: #fb9a62;--p7: 74,168,224;--p1r: 245,132,66;--p1t: #3a2518;--p25: #6bbcec;--p1i: #0e1317;--p\
k: #77818c;color-scheme:dark}.pw{display:grid;gap:20px 28px;grid-template-columns:minmax(0,1fr);padding:8px}button,select,input{background:none;border:0;border-\
radius:0;outline:0;appearance:none}button,select,summary{cursor:pointer}button:disabled{cursor:default}:focus-visible{outline:2px solid var(--p6);outline-offset\
:2px}h2{font-size:20px;font-weight:650;line-height:1.2;letter-spacing:-.01em;overflow-wrap:anywhere}h3{font-size:13px;font-weight:650;min-width:0}small{font-siz\
e:12px;font-weight:400;color:var(--p24);margin-left:8px}.p27{font-weight:600}.p1d,.p28,.p1g{color:var(--p24)}.p1g{font-size:12px;margin-top:6px;min-height:17px;\
overflow-wrap:anywhere}.p1g:empty{min-height:0;margin:0}.p11{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.p1{\
display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:6px 16px;min-height:30px;margin-bottom:6px}.p10{display:flex;flex-wrap:wrap;ali\
gn-items:end;justify-content:space-between;gap:8px 32px}.p1e{min-width:0;flex:1 1 260px}.p2c{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertica\
l;overflow:hidden}.p28{display:flex;gap:0 10px;margin-top:3px;min-width:0}.p28 .p27{flex:none}.p1m{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;min\
-width:0}.ph{display:flex;align-items:baseline;flex-wrap:wrap;gap:0 8px}.pf{font-size:30px;line-height:1;font-weight:650;letter-spacing:-.02em;color:var(--p1s)}\
.pf.p1f,.pg{color:var(--p24)}.pq{display:flex;flex-wrap:wrap;align-items:center;gap:6px 12px}.p16{display:flex;align-items:center;gap:6px;color:var(--p24);font-\
size:12px}.pp,.p21{height:28px;padding:0 8px;border:1px solid var(--pk);border-radius:5px;background:var(--p5);color:var(--p13)}.pp{width:84px;text-align:right;\
font-size:13px}.p16:nth-child(3) .pp{width:64px}.pp:disabled{border-color:var(--p17);color:var(--p24)}.pp::placeholder{color:var(--p24);opacity:1}.p21{max-width\
:190px;padding-right:22px;font-weight:500;text-overflow:ellipsis;background:linear-gradient(45deg,transparent 50%,var(--p24) 0) right 11px top 12px / 5px 5px no\
-repeat,linear-gradient(-45deg,transparent 50%,var(--p24) 0) right 6px top 12px / 5px 5px no-repeat,var(--p5)}.p21 option,.p21 optgroup{background:var(--p5);col\
or:var(--p13)}.pa{height:28px;padding:0 10px;border:1px solid var(--p17);border-radius:5px;color:var(--p13);font-size:12px}.pa:hover:enabled,.p2d:hover,.p2j:hov\
er:enabled{background:var(--po)}.pa:disabled{color:var(--p24);opacity:.6}.p2e{display:flex;gap:2px}.p2d{min-width:28px;height:28px;padding:0 7px;border-radius:5\
px;color:var(--p24);font-size:12px}.p2d[aria-pressed=true]{background:var(--po);color:var(--p13);font-weight:600}.p1a .p2d{font-size:15px;line-height:1}.p12{pos\
ition:relative;height:132px;cursor:ew-resize;touch-action:pan-y;user-select:none}.p29{display:block;overflow:visible;position:absolute;left:0;top:0;pointer-even\
ts:none}.p29 text{fill:var(--p24);font-size:11px}.p2{fill:var(--p6)}.p3{fill:var(--p1q)}.pv line,.px{stroke:var(--po)}.pv .p4,.p4{stroke:var(--pk);fill:none}.p1\
7{stroke:var(--p13);stroke-width:1.5}.p1b{fill:var(--p13);stroke:var(--p5);stroke-width:1}.p23{position:absolute;left:0;top:0;width:0;height:112px}.p23:focus-vi\
sible{outline:0}.p15{position:absolute;left:-6px;top:14px;width:12px;height:18px;border-radius:4px;background:var(--p13);border:2px solid var(--p5)}.p23:focus-v\
isible .p15{box-shadow:0 0 0 3px var(--p6)}.ps{position:absolute;left:0;top:-3px;padding:0 3px;font-weight:650;font-size:12px;white-space:nowrap;background:var(\
--p5);border-radius:3px}.p1j{display:flex;align-items:center;gap:8px;flex-wrap:wrap}.p1j small{margin:0}.p1p{position:relative;height:400px;cursor:crosshair;tou\
ch-action:pan-y;user-select:none;border-radius:3px;overflow:hidden}.p1p.p1l{cursor:grab}.p1p.p1l:active{cursor:grabbing}.pb{position:absolute;inset:0;width:100%\
;height:100%;z-index:1}.p0{z-index:0}.py{stroke:var(--p17);stroke-dasharray:2 3}.p9{fill:rgb(var(--p7),.12);stroke:var(--p6)}.p2b{position:absolute;z-index:3;le\
ft:0;top:0;padding:5px 8px;border-radius:5px;border:1px solid var(--p17);background:var(--p5);font-size:12px;white-space:pre;pointer-events:none;visibility:hidd\
en}.p2b.p1i{visibility:visible}.p2b div:first-child{font-weight:600}.p2l{position:absolute;z-index:2;inset:40% 0 auto;text-align:center;color:var(--p24)}.p1k{mi\
n-width:0}.p1x{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:15px;flex:1}.pn{display:flex;flex-wrap:wrap;align-items:center;gap:2px 10px;m\
argin-bottom:12px;color:var(--p24)}.pn .p27{color:var(--p13)}.pt{color:var(--p1s);font-weight:600}.pc{display:inline-block;font-size:12px;line-height:18px;paddi\
ng:0 6px;border-radius:4px;color:var(--p24);border:1px solid var(--p17)}.pc:empty{display:none}.pc[data-level=critical]{background:var(--p1s);border-color:var(-\
-p1s);color:var(--p5);font-weight:600}.pc[data-level=high]{background:var(--p1t);border-color:var(--p1s);color:var(--p1s);font-weight:600}.pc[data-level=medium]\
{border-color:var(--p1s);color:var(--p1s)}.p19{list-style:none}.p18{display:grid;grid-template-columns:minmax(0,1.15fr) minmax(0,1fr);gap:12px;align-items:cente\
r;padding:6px 0;border-top:1px solid var(--po)}.p18:first-child{border-top-color:var(--p17)}.p2n{display:flex;flex-wrap:wrap;gap:0 8px;align-items:baseline}.pd{\
color:var(--p24);max-width:60%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.p2i{font-weight:600;max-width:100%;overflow:hidden;text-overflow:ellip\
sis;white-space:nowrap}.p2g{flex-basis:100%;font-size:12px;color:var(--p24);overflow:hidden;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical\
;overflow-wrap:anywhere}.pl{display:flex;align-items:center;gap:8px}.p2f{position:relative;flex:1;height:14px;border-radius:2px;background:var(--p2m)}.p2f:after\
{content:"";position:absolute;left:50%;top:-3px;bottom:-3px;border-left:1px solid var(--pk)}.pr{position:absolute;top:0;bottom:0;min-width:1px}.p2h{left:50%;bac\
kground:var(--p1q);border-radius:0 2px 2px 0}.pj{right:50%;background:var(--p6);border-radius:2px 0 0 2px}.p1n{position:relative;width:54px;text-align:right;whi\
te-space:nowrap}.p1n[data-sign="1"]{color:var(--p1s)}.p1n[data-sign="-1"]{color:var(--p8)}.p2o .pa{margin-top:8px}.p14{display:flex;flex-wrap:wrap;gap:8px;margi\
n-top:14px;padding-top:14px;border-top:1px solid var(--p17)}.p2k{display:flex;flex:1 1 100%;gap:0}.p2j{flex:1;height:32px;border:1px solid var(--pk);margin-left\
:-1px;font-weight:500}.p2j:first-child{border-radius:5px 0 0 5px;margin:0}.p2j:last-child{border-radius:0 5px 5px 0}.p2j:focus-visible{z-index:1}.p2j:disabled{c\
olor:var(--p24);border-color:var(--p17)}.p2j[aria-pressed=true],.p2j[aria-pressed=true]:hover{background:var(--p25);border-color:var(--p25);color:var(--p1i);fon\
t-weight:600}.p2j[data-verdict=anomaly][aria-pressed=true]{background:var(--p1s);border-color:var(--p1s)}.p2j[data-verdict=unsure][aria-pressed=true]{background\
:var(--p24);border-color:var(--p24);color:var(--p5)}.pe{flex:1 1 160px;text-align:left;height:30px}.p14 .pa{height:30px}.p1y,.p1a,.p1z{min-width:0}.pu{position:\
relative}.p20{max-height:352px;overflow:auto;border:1px solid var(--p17);border-radius:5px;overscroll-behavior-x:contain}.p2a{border-collapse:separate;border-sp\
acing:0;table-layout:fixed;min-width:100%}.p2a:focus-visible{outline-offset:-3px}.p2a th,.p1w td{padding:0 10px;height:29px;text-align:left;overflow:hidden;text\
-overflow:ellipsis;white-space:nowrap;border-bottom:1px solid var(--po)}.p2a th{position:sticky;top:0;z-index:1;background:var(--p2m);border-bottom-color:var(--\
p17);font-size:12px;font-weight:500;color:var(--p24)}.p2a .p1u{text-align:right}.p26{width:100%;height:100%;text-align:inherit;font-weight:500;overflow:hidden;t\
ext-overflow:ellipsis;white-space:nowrap}.p26:hover{color:var(--p13)}.p26:focus-visible{outline-offset:-2px}[aria-sort] .p26{color:var(--p13);font-weight:650}[a\
ria-sort=ascending] .p26:after{content:" \\2191"}[aria-sort=descending] .p26:after{content:" \\2193"}.p1w{cursor:pointer}.p1w td:first-child{color:var(--p24);bord\
er-left:3px solid transparent}.p1w[data-flagged=true] td:first-child{border-left-color:var(--p1q)}.p1w[data-flagged=true] td:nth-child(3){color:var(--p1s);font-\
weight:600}.p1w:hover td{background:var(--p2m)}.p1w[aria-selected=true] td,.p1w.p22 td{background:var(--p1o)}.p1w.p22 td:first-child{color:var(--p13);font-weigh\
t:650}.p1w td[data-verdict=anomaly]{color:var(--p1s)}.p1w td[data-verdict=normal]{color:var(--p8)}.pm{padding:22px 10px;text-align:center;color:var(--p24);borde\
r:1px solid var(--p17);border-top:0;border-radius:0 0 5px 5px}.p1h{border-top:1px solid var(--p17);padding-top:10px;color:var(--p24)}.p1h summary{width:fit-cont\
ent;border-radius:3px}.p1h ul{margin:8px 0 0 18px}.p1h li{overflow-wrap:anywhere}.p1h dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));\
gap:6px 20px;margin-top:12px}.p1h dt{font-size:12px}.p1h dd{color:var(--p13);overflow-wrap:anywhere}.p1c{padding:24px 12px;color:var(--p24)}@container (min-widt\
h: 820px){.pw{grid-template-columns:minmax(0,1.5fr) minmax(0,1fr)}.p10,.p1z,.p1y,.p1h{grid-column:1 / -1}}@container (max-width: 520px){.pw{padding:4px;gap:18px\
}.p1p{height:320px}.p1z .p1{display:block}.pq{margin-top:6px;justify-content:space-between;gap:6px}.p16{flex-direction:column;align-items:start;gap:1px}.pq .pa{\
align-self:end}.p1j{flex:1 1 100%}.p21{flex:1;min-width:0;max-width:45%}}@media(prefers-reduced-motion:no-preference){.p2d,.pa,.p2j{transition:background .12s}}\
@media(forced-colors:active){.p15,.pr{forced-color-adjust:none}}';var We=new Intl.Collator("en",{numeric:!0});function Ge(e,t){let{rows:n}=e.spec;if(t==="id")return n.ids;if(t==="verdict")return Array.from({length:n.count},(o,i)=>e.
verdict(i)?.verdict??"");let s=n.sort?.[e.spec.columns[t].name];return(s&&e.buffers.get(s))??n.cells[t]}function Je(e,t){let n=s=>s===""||s!==s;return(s,o)=>{let[
i,r]=[e[s],e[o]];return n(i)||n(r)?n(i)-n(r)||s-o:t*(typeof i=="string"?We.compare(i,r):i-r)||s-o}}function Pt(e,t,n){let s=e.spec.rows?.count??0,o=e.spec.live?
Math.min(e.n,1e5):s,i=n==="flagged"?Math.min(e.cut.k,o):o;if(t.by==="score"&&(n==="all"||n==="flagged")){let l=t.direction>0,p=f=>l?i-1-f:f;return{length:i,rank:p,
place:f=>f<i?p(f):-1}}let r=t.by==="score"?o:s,h;n==="selected"?h=e.selected.filter(l=>l<r):h=Array.from({length:Math.min(i,r)},(l,p)=>p),n==="judged"&&(h=h.filter(
l=>e.verdict(l))),t.by==="score"?h.sort((l,p)=>-t.direction*(l-p)):h.sort(Je(Ge(e,t.by),t.direction));let a=new Map(h.map((l,p)=>[l,p]));return{length:h.length,
rank:l=>h[l],place:l=>a.get(l)??-1}}var bt=29,_t=["rank","severity","score","id","verdict"],Ze=17,Vt=200,we={a:"anomaly",n:"normal",u:"unsure"},Qe=0,ye=(e,t)=>Math.max(5,Math.min(26,Math.max(Math.
min(e.length+2,16),...t.slice(0,80).map(n=>n.length)))+1);function be(e,t,n){let{spec:s}=e,o=`pyn${++Qe}-`,i=s.columns??[],r=u=>s.rows?.cells?.[u]??[],h=i.map(u=>u.
kind==="number"),a={by:"score",direction:-1},l="all",p=Pt(e,a,l),f=[],g="",b="",M=0,z=[],k=(u,y,A={})=>{let T=c("button",{class:"p26",type:"button",title:A.title??
y,click:()=>lt(u)},c("span",null,y)),w=c("th",{scope:"col",class:A.class,pyn:`sort-${u}`},T);return z.push({by:u,cell:w}),w},O=[c("th",{scope:"col",class:"p1u"},
c("span",{class:"pz"},"#")),c("th",{scope:"col"},c("span",{class:"pz"},"severity")),k("score","score",{class:"p1u"}),k("id","row"),k("verdict","verdict")],q=[7,
10,9,ye("row",s.rows?.ids??[]),10,...i.map((u,y)=>ye(u.name,r(y)))],et=q.map(u=>{let y=c("col");return y.style.width=`calc(${u}ch + 20px)`,y}),[rt,at]=[c("tr",{
"aria-hidden":"true"},c("td")),c("tr",{"aria-hidden":"true"},c("td"))],Z=c("tbody",{click:st},rt,at),H=c("table",{class:"p2a",role:"grid",tabindex:"0",pyn:"tabl\
e","aria-multiselectable":"true",keydown:ot,"aria-label":"Rows, highest scores first. Up and down choose a row; A, N and U give a verdict; Enter opens its expla\
nation."},c("colgroup",null,et),c("thead",null,c("tr",{"aria-rowindex":"1"},O,i.map((u,y)=>k(y,u.name,{class:h[y]?"p1u":null})))),Z);H.style.width=`calc(${q.reduce(
(u,y)=>u+y,0)}ch + ${20*q.length}px)`;let R=c("div",{class:"p20",pyn:"table-scroll",scroll:()=>t.ask(nt)},H),$=c("p",{class:"pm",hidden:!0}),j=c("p",{class:"p1g",
pyn:"table-note"}),Y=["all","flagged","selected","judged"].map(u=>c("button",{class:"p2d",type:"button",pyn:`filter-${u}`,"aria-pressed":String(u===l),click:()=>B(
u)},u[0].toUpperCase()+u.slice(1)));function B(u){l=u,Y.forEach(y=>E(y,{"aria-pressed":String(y.dataset.pyn===`filter-${u}`)})),U(!0)}function lt(u){a.by===u?a.
direction*=-1:Object.assign(a,{by:u,direction:u==="score"?-1:1}),U(!0)}function U(u){p=Pt(e,a,l),u&&(R.scrollTop=0),t.ask(nt)}function X(){let u=[..._t,...i].map(
(A,T)=>c("td",{class:T===0||T===2||h[T-_t.length]?"p1u":null})),y=c("span",{class:"pc"});return u[1].append(y),{tr:c("tr",{class:"p1w",pyn:"row"},u),cells:u,chip:y,
rank:-1}}function $t(u,y,A){let T=e.row(y),{tr:w,cells:v,chip:P}=u;if(u.rank!==y||u.whole!==!!T.cells){u.rank=y,u.whole=!!T.cells,E(w,{"data-rank":y,"data-row":T.
row??null,id:o+y}),C(v[0],L(y+1)),C(v[2],J(e.scores[y])),C(v[3],T.id??"…"),i.forEach((W,vt)=>{let Et=T.cells?.[vt]??"…";C(v[vt+_t.length],Et),E(v[vt+_t.length],
{title:Et.length>20?Et:null})});let tt=e.severity(y);C(P,tt),E(P,{"data-level":tt})}let K=e.verdict(y)?.verdict??"";C(v[4],K),E(v[4],{"data-verdict":K||null}),E(
w,{"aria-rowindex":A+2,"aria-selected":String(e.selected.includes(y)),"data-flagged":String(e.flagged(y))}),w.classList.toggle("p22",y===e.shown)}function nt(){
let{length:u}=p,y=Math.max(0,Math.min(u-1,Math.floor(R.scrollTop/bt)-2)),A=Math.min(u-y,Ze);for(;f.length<A;)f.push(X());f.length>A&&f.splice(Math.max(0,A)).forEach(
({tr:T})=>T.remove()),rt.firstChild.style.height=`${y*bt}px`,at.firstChild.style.height=`${Math.max(0,u-y-A)*bt}px`,f.forEach((T,w)=>{$t(T,p.rank(y+w),y+w),T.tr.
parentNode!==Z&&at.before(T.tr)}),E(H,{"aria-rowcount":u+1,"aria-activedescendant":f.some(({rank:T})=>T===e.shown)?o+e.shown:null});for(let{by:T,cell:w}of z)E(w,
{"aria-sort":T===a.by?a.direction>0?"ascending":"descending":null});$.hidden=u>0,C($,{flagged:"No row is flagged at this threshold.",selected:"Nothing is select\
ed: choose rows here or in the plot.",judged:"No verdicts yet."}[l]??"No rows travelled with this view."),e.spec.live&&u&&ht(y,A),C(j,b||pt())}function pt(){let u=s.
rows?.count??0;return a.by!=="score"&&u<e.n?`Sorted among the ${L(u)} highest scores of ${L(e.n)}.`:l==="selected"&&e.selected.length>p.length?`${L(p.length)} o\
f ${L(e.selected.length)} selected rows are among the ${L(u)} listed here.`:l==="flagged"&&e.cut.k>p.length?`The ${L(p.length)} highest scores of ${L(e.cut.k)} \
flagged rows.`:!s.live&&u<e.n?`The ${L(u)} highest scores of ${L(e.n)}.`:e.n>1e5?`The ${L(1e5)} highest scores of ${L(e.n)}.`:""}async function ht(u,y){let A=[];
for(let v=u;v<u+y;v++)e.row(p.rank(v)).cells||A.push(p.rank(v));if(!A.length)return;let T=Math.max(s.rows?.count??0,Math.floor(Math.min(...A)/Vt)*Vt),w=String(T);
if(w!==g){g=w,b="";try{await e.fetchRows(T,Math.min(e.n,T+2*Vt))}catch(v){v.message!=="superseded"&&(b=v.message)}g===w&&(g=""),b?C(j,b):t.ask(nt)}}function dt(u){
let y=u*bt,A=R.clientHeight-bt-12;y<R.scrollTop?R.scrollTop=y:y>R.scrollTop+A-bt&&(R.scrollTop=y-A+bt)}function Q(u){if(!p.length)return;let y=p.place(e.shown),
A=Math.max(0,Math.min(p.length-1,y<0?0:y+u));M=A,e.choose([p.rank(A)])}function st(u){let y=u.target.closest("[data-rank]");if(!y)return;let A=Number(y.dataset.
rank),T=p.place(A);if(u.shiftKey){let[w,v]=[Math.min(M,T),Math.max(M,T)];e.choose(Array.from({length:v-w+1},(P,K)=>p.rank(w+K)))}else u.ctrlKey||u.metaKey?e.choose(
e.selected.includes(A)?e.selected.filter(w=>w!==A):[...e.selected,A]):e.choose([A]);u.shiftKey||(M=T),H.focus({preventScroll:!0})}function ot(u){if(u.target!==H||
u.ctrlKey||u.metaKey||u.altKey)return;let y=Math.max(1,Math.floor(R.clientHeight/bt)-2),A={ArrowDown:()=>Q(1),ArrowUp:()=>Q(-1),PageDown:()=>Q(y),PageUp:()=>Q(-y),
Home:()=>Q(-p.length),End:()=>Q(p.length),Enter:n,Escape:()=>e.choose([])}[u.key]??(we[u.key]&&(()=>e.judge(e.shown,we[u.key],e.verdict(e.shown)?.note)));A&&(u.
preventDefault(),A())}return e.on("threshold",()=>l==="flagged"?U(!1):t.ask(nt)),e.on("verdicts",()=>l==="judged"||a.by==="verdict"?U(!1):t.ask(nt)),e.on("rows",
()=>t.ask(nt)),e.on("selected",()=>{l==="selected"&&(p=Pt(e,a,l));let u=p.place(e.shown);u>=0&&e.selected.length&&dt(u),t.ask(nt)}),{element:c("section",{class:"\
p1y","aria-label":"Table of rows"},c("div",{class:"p1"},c("h3",null,"Rows"),c("div",{class:"p2e",role:"group","aria-label":"Rows listed"},Y)),c("div",{class:"pu"},
R,$),j),resize:nt,step:Q}}var Yt=e=>e.assignedSlot??e.parentNode??e.host??null;function*ve(e){for(let t=e;t;t=Yt(t))t.nodeType===1&&(yield t)}function tn(e){let[t=0,n=0,s=0,o=1]=(e.match(
/[\d.]+(e-?\d+)?%?/g)??[]).map(r=>parseFloat(r)/(r.endsWith("%")?100:1)),i=e.startsWith("rgb")?255:1;return[t/i,n/i,s/i,e==="transparent"?0:o]}function en(e){for(let t of ve(
Yt(e))){let n=getComputedStyle(t).backgroundColor;if(!/^(rgb|color\(srgb|transparent)/.test(n))continue;let[s,o,i,r]=tn(n);if(r>.9)return{dark:.2126*s**2.2+.7152*
o**2.2+.0722*i**2.2<.18,background:n}}return{dark:matchMedia("(prefers-color-scheme: dark)").matches,background:null}}function ke(e,t){let n="",s=0,o=!1,i=()=>{
if(o||!e.isConnected)return;let p=en(e),f=JSON.stringify(p);f!==n&&t(p),n=f},r=()=>{clearTimeout(s),s=setTimeout(i,350),requestAnimationFrame(i)},h=new MutationObserver(
r),a=()=>{h.disconnect();for(let p of ve(Yt(e)))h.observe(p,{attributes:!0});document.head&&h.observe(document.head,{childList:!0}),r()},l=matchMedia("(prefers-\
color-scheme: dark)");return l.addEventListener("change",r),a(),{again:a,stop(){o=!0,clearTimeout(s),h.disconnect(),l.removeEventListener("change",r)}}}function nn(e){try{let t=new CSSStyleSheet;t.replaceSync(Kt),e.adoptedStyleSheets=[t]}catch{e.append(c("style",null,Kt))}}function sn(e,t,n){let s=e.get("spec");
if(!s||!s.n)return t.replaceChildren(c("p",{class:"p1c",role:"status"},s?"There are no rows to show.":"Waiting for the data …")),()=>{};if(s.schema!==1)throw new Error(
`This view reads schema 1, the data are schema ${s.schema}: reload the page.`);let o=performance.now(),i=new Ft(s,new jt(s.buffers,e.get("blob")),e),r=new Nt(k=>n.
dataset.paintMs=k.toFixed(2)),h=c("div",{class:"p11",role:"status","aria-live":"polite",pyn:"status"});i.on("say",k=>C(h,k));let a=oe(i,r),l=me(i,r),p=be(i,r,()=>f.
open()),f=ae(i,r,l.points,p.step);t.replaceChildren(c("div",{class:"pw"},Zt(i,r),a.element,l.element,f.element,p.element,Qt(s)),h);let g=()=>l.recolour(k=>getComputedStyle(
t).getPropertyValue(k).trim()),b=ke(n,({dark:k,background:O})=>{t.classList.toggle("pi",k),O?t.style.setProperty("--p5",O):t.style.removeProperty("--p5"),E(n,{"\
data-theme":k?"dark":"light"}),r.ask(g)}),M=0,z=new ResizeObserver(([{contentRect:k}])=>{!k.width||k.width===M||(M||b.again(),M=k.width,r.ask(()=>{a.resize(),l.
resize(),p.resize(),g(),n.dataset.firstMs??=(performance.now()-o).toFixed(1)}))});return z.observe(t),()=>{z.disconnect(),b.stop(),r.stop(),i.stop()}}function on({
model:e,el:t}){let n=c("div",{class:"pyn-host",pyn:"explorer"}),s=n.attachShadow({mode:"open"}),o=c("div",{class:"p1v",lang:"en"});nn(s),s.append(o),t.append(n);
let i=()=>{},r=!1,h=()=>{i(),i=()=>{},delete n.dataset.firstMs;try{i=sn(e,o,n)}catch(l){o.replaceChildren(c("p",{class:"p1c",role:"alert"},l.message)),console.error(
l)}},a=()=>{r||(r=!0,queueMicrotask(()=>{r=!1,n.isConnected&&h()}))};return e.on("change:spec",a),e.on("change:blob",a),h(),()=>{e.off("change:spec",a),e.off("c\
hange:blob",a),i(),n.remove()}}var as={render:on};export{as as default};
