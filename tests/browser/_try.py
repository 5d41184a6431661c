import asyncio, tempfile, os, time, json, pickle
from pathlib import Path
from tests import given
from voice.database import embedded
from voice.demo import stage
from voice.settings import Settings, shipped_home
from voice.app import create_app
from voice.listening import run
from voice.listening.spoken import all_said
from voice.surveys.catalogue import Catalogue
from voice.database.pool import connect
from tests.listening.conftest import Hummer
from tests.signing.conftest import build_house
from tests.filmed import film
from litestar.testing import AsyncTestClient
from tests.browser import walking
import sys
async def main():
    d=Path("/tmp/suite_pg"); d.mkdir(exist_ok=True)
    server=await embedded.start(d)
    data=Path("/tmp/suite_data"); data.mkdir(exist_ok=True)
    name="voice_try"
    dsn=given.database_address(server,name)
    t=time.time()
    if not (data/"ready").exists():
        dsn=await given.database(server,name)
        ready=await stage.prepare(Settings(database_url=dsn,data_dir=data),lambda *_:None)
        (data/"ready").write_text(ready.password)
        db=await connect(dsn); S=shipped_home()/"surveys"
        said=all_said(Catalogue.read(S),"support-easy-read")
        await run.publish(db,S/"support-easy-read",said,[Hummer()],lambda *_:None)
        await db.close()
        house=build_house(data/"home",Settings(database_url=dsn,data_dir=data)); house.sign("start-page"); house.sign("listened",film(2))
        print("prepared",time.time()-t)
    from msgspec import structs
    settings=Settings(database_url=dsn,data_dir=data,home=data/"home",secret_key="k"*40)
    app=create_app(settings)
    t=time.time()
    async with AsyncTestClient(app,base_url="http://127.0.0.1:8999") as client:
        w=walking.Walker(client,(data/"ready").read_text())
        await walking.walk_all(w)
    print(len(w.pages),"pages",time.time()-t)
    print("routes", walking.not_opened(app,w.opened))
    pickle.dump([tuple(p) for p in w.pages],open("/tmp/walked.pickle","wb"))
    print(sum(p.depth=="whole" for p in w.pages))
asyncio.run(main())
