//! The table of a vote's papers, with how far they have come.

use contract::ids::VoteId;
use contract::voting::{PaperFilter, PaperLine, PaperProgress, PaperState, Phase, VoteSummary};
use contract::{AreaId, Page};
use leptos::prelude::*;
use server::voting;

use super::{HEADS, StateTag};
use crate::ui::measure::square_metres;
use crate::ui::page::{load, param, query};
use crate::ui::progress::share;
use crate::ui::time;
use crate::ui::*;
use crate::voting::parts::by_building;

/// Everything the page shows.
struct Shown {
    vote: VoteSummary,
    buildings: Vec<(AreaId, String)>,
    page: Page<PaperLine>,
    progress: PaperProgress,
}

/// The page.
#[component]
pub fn PaperTable() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<VoteId>("id"), query::<PaperFilter>());
    let wanted = asked.clone();
    let look = async move {
        let id = id?;
        let progress = voting::paper_progress(&caller, &core, &id).await?;
        let (vote, buildings, page) = voting::papers(&caller, &core, &id, wanted).await?;
        Ok(Shown { vote, buildings, page, progress })
    };
    load(look, move |shown| view! { <Listed asked=asked shown=shown /> })
}

#[component]
fn Listed(asked: PaperFilter, shown: Shown) -> impl IntoView {
    let ui = ui();
    let Shown { vote, buildings, page, progress } = shown;
    let address = format!("/console/voting/{}/papers", vote.id);
    let running = matches!(vote.phase, Phase::Announced | Phase::Open);
    let enters = matches!(vote.phase, Phase::Open | Phase::Closed) && progress.made() > 0;
    let actions = enters.then(|| {
        let href = format!("{address}/enter");
        view! { <ButtonLink href=href look=Look::Main>{tr!(ui, "voting.paper.enter")}</ButtonLink> }.into_any()
    });
    let heads = HEADS.map(|head| {
        let key = format!("voting.paper.head.{head}");
        tr!(ui, &key)
    });
    let fields = [("search", asked.search.as_str()), ("building", &asked.building), ("state", &asked.state)];
    let at = ListAt::new(address.clone(), &fields, asked.after.as_deref());
    let rows = page.rows.into_iter().map(|line| {
        view! { <Line href=format!("{address}/{}", line.number) line=line labels=heads.clone() /> }.into_any()
    });
    let rows = rows.collect();
    let none = view! {
        <Empty icon="printer" title=tr!(ui, "voting.paper.none")>
            <p>{tr!(ui, "voting.paper.none_text")}</p>
        </Empty>
    };
    let (made, workbook) = (progress.made(), at.workbook());
    view! {
        <ConsolePage title=tr!(ui, "voting.paper.of", title = vote.title.clone()) actions=actions>
            <Progressed progress=progress />
            <ListTools at=at.clone() search=tr!(ui, "voting.paper.search") narrow=narrow(ui, &buildings) workbook=workbook>
                <ButtonLink href=format!("/console/voting/{}", vote.id)>{tr!(ui, "ui.back")}</ButtonLink>
            </ListTools>
            <ListRows
                at=at
                caption=tr!(ui, "voting.paper.title")
                heads=heads.to_vec()
                numbers=&[3]
                none=none.into_any()
                rows=rows
                next=page.next
            />
            {running.then(|| view! { <Make address=address buildings=buildings made=made /> })}
        </ConsolePage>
    }
}

/// How far the papers have come, in numbers.
#[component]
fn Progressed(progress: PaperProgress) -> impl IntoView {
    let ui = ui();
    let counted = progress.of(PaperState::Counted);
    let done = counted + progress.of(PaperState::Clash);
    let waiting = [PaperState::Received, PaperState::Entered, PaperState::Differs].map(|state| progress.of(state));
    let waiting: i64 = waiting.iter().sum();
    let label = tr!(ui, "voting.paper.counted");
    let (made, clashes) = (progress.made(), progress.of(PaperState::Clash));
    let settled = share(done, made);
    view! {
        <Facts>
            <Fact label=tr!(ui, "voting.paper.made") value=made.to_string() unit=format!("/ {}", progress.heads) />
            <Fact label=tr!(ui, "voting.paper.delivered") value=progress.delivered.to_string() />
            <Fact label=tr!(ui, "voting.paper.waiting") value=waiting.to_string() />
            <Fact label=label.clone() value=counted.to_string()>
                <Progress permille=settled label=label />
            </Fact>
            <Fact label=tr!(ui, "voting.paper.clashes") value=clashes.to_string() />
            <Fact label=tr!(ui, "voting.paper.online") value=progress.online.to_string() />
        </Facts>
    }
}

fn narrow(ui: Ui, buildings: &[(AreaId, String)]) -> Vec<Narrow> {
    let states = PaperState::ALL.iter().map(|state| {
        let key = format!("voting.paper.state.{}", state.code());
        (state.code().to_owned(), tr!(ui, &key))
    });
    vec![
        by_building(ui, buildings.to_vec()),
        Narrow::by("state", tr!(ui, "voting.paper.head.state"), tr!(ui, "voting.console.all_phases"), states),
    ]
}

#[component]
fn Line(line: PaperLine, href: String, labels: [String; 7]) -> impl IntoView {
    let ui = ui();
    let [_, place, names, area, state, delivered, online] = labels;
    let moment = move |at: Option<i64>| at.map_or_else(|| "—".to_owned(), |at| time::moment(ui, at));
    view! {
        <tr>
            <th scope="row" class="num-text"><a href=href>{line.number}</a></th>
            <td data-label=place>{line.place}</td>
            <td data-label=names>{line.names}</td>
            <td class="num" data-label=area>{square_metres(line.area_dm2)}</td>
            <td data-label=state><StateTag state=line.state /></td>
            <td class="num-text" data-label=delivered>{moment(line.delivered_at)}</td>
            <td class="num-text" data-label=online>{moment(line.online_at)}</td>
        </tr>
    }
}

/// Making papers and printing them, by building.
#[component]
fn Make(address: String, buildings: Vec<(AreaId, String)>, made: i64) -> impl IntoView {
    let ui = ui();
    let mut options = vec![(String::new(), tr!(ui, "voting.console.all_areas"))];
    options.extend(buildings.iter().map(|(id, name)| (id.to_string(), name.clone())));
    let print = address.clone();
    let printed = buildings.into_iter().map(move |(id, name)| {
        let href = format!("{print}/papers.pdf?building={id}");
        view! { <a class="link" href=href download="">{name}</a> }
    });
    view! {
        <section aria-labelledby="make">
            <h2 id="make">{tr!(ui, "voting.paper.make_title")}</h2>
            <p class="muted">{tr!(ui, "voting.paper.make_text")}</p>
            <Form action=format!("{address}/issue")>
                <div class="fields">
                    <Select name="building" label=tr!(ui, "voting.console.building") options=options />
                </div>
                <div class="acts"><Button>{tr!(ui, "voting.paper.make")}</Button></div>
            </Form>
            {(made > 0).then(|| view! {
                <p class="prints"><Icon name="printer" /> {tr!(ui, "voting.paper.print")} {printed.collect_view()}</p>
            })}
        </section>
    }
}
