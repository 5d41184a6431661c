import asyncio,pickle,subprocess,sys,os,time
from pathlib import Path
from collections import Counter
from playwright.async_api import async_playwright
from tests.browser.walking import Walked
from tests.browser import looking
from tests.browser.seeded import FLAGS
from voice.database import embedded
from tests import given
only=sys.argv[1] if len(sys.argv)>1 else ""
async def main():
    server=await embedded.start(Path("/tmp/suite_pg"))
    data=Path("/tmp/suite_data")
    env={**os.environ,"DATABASE_URL":given.database_address(server,"voice_try"),"VOICE_PORT":"8999","VOICE_DATA_DIR":str(data),"VOICE_HOME":str(data/"home")}
    sv=subprocess.Popen([sys.executable,"-m","voice","serve"],env=env,stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)
    from tests.browser.conftest import _wait_for; await asyncio.to_thread(_wait_for,8999,sv)
    pages=[Walked(*p) for p in pickle.load(open("/tmp/walked.pickle","rb"))]
    import re; pages=[p for p in pages if re.search(only,p.name)]; print(len(pages))
    try:
      async with async_playwright() as p:
        b=await p.chromium.launch(executable_path="/usr/bin/chromium",args=FLAGS)
        t=time.time()
        d=Path("/tmp/suite_html"); d.mkdir(exist_ok=True)
        looking.DEBUG=True
        seen=await looking.look_at_all(b,"http://127.0.0.1:8999",pages,d)
        print(len(pages),"pages",time.time()-t); print(seen.seconds.most_common())
        import resource; print('python',time.process_time()); await b.close()
    finally:
        sv.terminate(); sv.wait()
    print('children',resource.getrusage(resource.RUSAGE_CHILDREN)[:2]); c=Counter(); ex={}
    for n,fs in seen.faults.items():
        for f in fs: c[f.check]+=1; ex.setdefault(f.check,Counter())[(f.where[:90],f.why[:170])]+=1
    for k,v in c.most_common():
        print("##",k,v)
        for (w,y),n in ex[k].most_common(9): print("    ",n,w,"|",y)
    pickle.dump(seen,open("/tmp/seen.pickle","wb"))
asyncio.run(main())
