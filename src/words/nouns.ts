/** Nouns that can be counted, in the singular: only of these is it certain that one of many is meant. */
export const countable: ReadonlySet<string> = words(`
  account action activity actor adapter addon address adjustment admin affiliate affiliation agent aggregate agreement
  airline airport alarm album alert algorithm alias allocation amendment analysis ancestor animal annotation
  announcement answer apartment api app applicant application appointment approval archetype area argument arrangement
  article artifact artist aspect assertion assessment asset assignee assignment assistant associate attachment attempt
  attendee attribute auction audience author authorization award axis backend badge bank banner basis basket bed
  beneficiary bike bird blob blog blueprint board boat book booking bookmark borrower bot bounty box branch brand
  breakpoint bucket bug building bundle bus business button calendar callback campaign candidate caption car card
  cardholder carrier cart case cat catalog category certificate challenge change channel chapter character charge
  charger chart checklist checkpoint child choice citation city claim class clause client clinic cluster codec
  codespace collaborator collection collector colour column command comment commit committee company comparison
  competitor component computer conclusion condition conference conflict connection connector consignment constraint
  consumer contact container contest contract contractor contributor conversation conversion cookie country county
  coupon courier course creator credential crisis criterion currency customer dashboard database datacenter dataset
  datasource datastore deadline deal dealer deduction definition deliverable delivery dependant dependency dependent
  deployment deposit descendant descriptor desk destination detector device diagnosis diagram dimension directive
  director directory disbursement discipline discount discussion disk dispatch dispute district doctor document dog
  domain donation donor door draft driver drone droplet duplicate edge editor effect element email embed emoji
  employee employer endpoint engine enrollment entitlement entity entry enum environment episode error estimate
  evaluation evaluator event exam example exception exclusion execution executor expense experiment extension
  extractor facet facility factor factory failure feature fee feed field file film filter finding fine firewall flag
  flight floor folder follower font foot footer formula forum fragment framework friend fulfillment function fund game
  gateway genre genus gift gist goal goose grader grant graph group grouping guest guide guideline guild half header
  hero hobby holiday hook hospital host hotel hotspot hypothesis icon id identifier identity image improvement
  incident index indicator ingredient initiative installation installment instance instruction instructor instrument
  integration intent interaction interval interview invitation invite invocation invoice invoiceitem ip island issuer
  item job journal judge key keyword knife label landlord language laptop lawyer layer layout lead leader leaf league
  lender lesson library license life limit line link listener listing loan lobby locale location locker log logo
  machine mailbox man manager mandate manifest manufacturer map marker marketplace match matrix meal measurement
  mechanism meeting member membership memo menu merchant message metafield meter metric migration milestone minute
  mirror model moderator module moment monitor month mouse movie municipality namespace network newsletter nft node
  note notebook notification object objective observation offer officer operation operator option order organisation
  organization outcome outlet owner ox package packet page pair parameter parcel parent parenthesis participant
  partition partner passenger passkey path patient payee payer payment payout payslip penalty period permission person
  persona pet phenomenon phone photo phrase picture pin pipeline place plan planet platform player playlist plugin pod
  podcast point policy poll portfolio position post prediction preference prefix premise prescription preset price
  principal prize problem processor producer product profession profile program programme project prompt property
  proposal provider publication publisher purchase purchaser qualification quarter query question questionnaire quiz
  quota quotation quote rating reaction reader reason receipt receiver recipe recipient recommendation reference
  referral refund region registration registry regulation relation relationship release reminder renewal replica reply
  repo report reporter repository representative request requirement reservation resident resolver resource respondent
  response restaurant restriction result retailer reviewer revision reward rider risk role room route router row rule
  ruleset runner salary sale sample sandbox satellite scenario schema school scope score screen screenshot script
  season seat secret section sector segment selection selector seller sender sensor sentence server service session
  shard share shareholder shelf shipment shop sibling signal signatory signature signer site skill sku slot snapshot
  snippet solution source speaker specialist specification sponsor spot spouse stage stakeholder star starship
  statement station step sticker stop store story strategy stream street stub student studio subaccount subcategory
  subdomain submission subnet subscriber subscription subtask subtitle subtype subunit suffix suggestion supplier
  surcharge survey symbol symptom synonym synopsis system table tablet tag target tariff task tax taxonomy teacher
  team technician template tenant term terminal theme thesis thread threshold thumbnail ticket tier timeline timesheet
  timeslot token tool tooth topic topup tournament track trade trailer trainer transaction transcript transcription
  transfer transition translation traveler traveller trial trigger trip truck tutorial tweet unit university update
  upload url user usergroup username value variable variant variation vector vehicle vendor venue verification version
  vertex video view village violation visit visitor visualization vitamin vm volume voucher vpc vulnerability wallet
  warehouse warning watcher watchlist webhook website week widget wife window wolf woman word worker workflow workout
  workspace writer year zone
`);

/** Words that have no other number, or are used in both, or whose number says nothing about how many are meant. */
export const uncountable: ReadonlySet<string> = words(`
  access across advice aircraft always analytics art as atlas audio audit auth authentication aws baggage barracks
  bass besides bias billing biometrics bios bonus cache canvas care cargo cash chaos chassis chess clothing cms
  commerce commons compass compliance compute consensus content corps cors cosmos cost credit cross crossroads css
  dash data debit deer demographics diagnostics dns does dos dynamics economics egress electronics embedding equipment
  ethics evidence express feedback finance fitness food freight fulfilment furniture gallows gas genetics glass goods
  gps graphics gross guidance hardware has headquarters health hers his history homework https ibis ics india
  inference info information infra infrastructure ingress insurance integrity intelligence inventory iops ios iris is
  its jenkins js json jss knowledge kubernetes kudos lens less loss lotus luggage machinery mail mars mass mathematics
  me means media merchandise metadata minus money mongodb ms music mysql nas nats news nexus nfs nodejs nps offspring
  ops os oss ours paas pants parallels paris pass payroll perhaps photography physics plus police politics pos
  postgres premium press previous process progress prometheus pulse radius redis research robotics rss saas sas sass
  scissors search security self semantics series sheep sip sms smtps soap software species sports ss ssl staff
  statistics status stock storage success support tactics telecommunications tennis texas thanks theirs this tls
  towards traffic trans transport trellis ts us usage versus via vs wales was weather whereas wireless wss xss yes
`);

/** Singular to plural, where no rule gives it. The first plural of a word is the one that is written. */
export const irregular: readonly (readonly [singular: string, plural: string])[] =
  `person:people man:men woman:women child:children foot:feet tooth:teeth goose:geese mouse:mice ox:oxen die:dice
  datum:data medium:media criterion:criteria phenomenon:phenomena index:indexes index:indices vertex:vertices
  vertex:vertexes matrix:matrices matrix:matrixes appendix:appendices appendix:appendixes schema:schemas
  schema:schemata stigma:stigmata axis:axes basis:bases analysis:analyses crisis:crises hypothesis:hypotheses
  parenthesis:parentheses thesis:theses synopsis:synopses diagnosis:diagnoses emphasis:emphases oasis:oases
  quiz:quizzes leaf:leaves life:lives knife:knives wife:wives shelf:shelves half:halves self:selves wolf:wolves
  thief:thieves loaf:loaves calf:calves elf:elves scarf:scarves hero:heroes echo:echoes potato:potatoes
  tomato:tomatoes veto:vetoes torpedo:torpedoes cargo:cargoes embargo:embargoes formula:formulas formula:formulae
  antenna:antennas antenna:antennae alumnus:alumni stimulus:stimuli radius:radii radius:radiuses focus:focuses
  focus:foci genus:genera corpus:corpora corpus:corpuses cactus:cacti locus:loci nucleus:nuclei bus:buses gas:gases
  alias:aliases atlas:atlases bias:biases canvas:canvases lens:lenses iris:irises status:statuses bonus:bonuses
  campus:campuses census:censuses virus:viruses surplus:surpluses chorus:choruses apparatus:apparatuses
  nexus:nexuses process:processes address:addresses bacterium:bacteria memorandum:memoranda curriculum:curricula
  curriculum:curriculums symposium:symposia referendum:referendums addendum:addenda erratum:errata codex:codices
  cache:caches niche:niches headache:headaches avalanche:avalanches axe:axes movie:movies cookie:cookies
  calorie:calories selfie:selfies zombie:zombies rookie:rookies hoodie:hoodies pie:pies tie:ties lie:lies
  prairie:prairies newbie:newbies brownie:brownies genie:genies smoothie:smoothies menu:menus api:apis kpi:kpis
  ski:skis taxi:taxis gpu:gpus cpu:cpus vcpu:vcpus sku:skus gnu:gnus emu:emus shoe:shoes toe:toes foe:foes
  area:areas camera:cameras idea:ideas quota:quotas agenda:agendas persona:personas beta:betas delta:deltas
  extra:extras lambda:lambdas visa:visas arena:arenas replica:replicas pizza:pizzas gala:galas opera:operas
  video:videos photo:photos repo:repos logo:logos memo:memos studio:studios scenario:scenarios portfolio:portfolios
  radio:radios ratio:ratios audio:audios info:infos todo:todos demo:demos promo:promos euro:euros kilo:kilos
  zoo:zoos casino:casinos piano:pianos auto:autos macro:macros combo:combos folio:folios id:ids emoji:emojis
  uri:uris url:urls guru:gurus alibi:alibis wiki:wikis bikini:bikinis ui:uis cli:clis sdk:sdks ip:ips os:oses
  size:sizes prize:prizes maze:mazes gauze:gauzes house:houses course:courses`
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
